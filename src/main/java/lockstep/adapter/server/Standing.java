package lockstep.adapter.server;

import lockstep.spec.Decides;

/** What a service would say if a device asked it now. */
@Decides("OPS-2")
public enum Standing {
  /** It is the vault, and answers. */
  SERVES("serves", true),
  /** It leads the nodes of its vault, and answers. */
  LEADS("leads", true),
  /** Another node leads; this one is ready to. */
  FOLLOWS("follows", true),
  /** It knows of no node that leads: too few of them run, or they are choosing. */
  NO_LEADER("noLeader", false),
  /** It cannot do what it has to do by itself: its disk may be full or broken. */
  TROUBLED("troubled", false);

  private final String word;
  private final boolean isReady;

  Standing(String word, boolean isReady) {
    this.word = word;
    this.isReady = isReady;
  }

  /** The word for it that an operator reads. */
  public String word() {
    return word;
  }

  /** Whether there is nothing that an operator would have to do. */
  public boolean isReady() {
    return isReady;
  }
}
