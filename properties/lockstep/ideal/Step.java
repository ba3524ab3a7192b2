package lockstep.ideal;

import java.util.Locale;

/** One step of a schedule; both systems play the same ones. */
sealed interface Step {

  /** Who is at the keyboard; a tablet is a new device each time something is restored. */
  enum Who {
    PHONE,
    TABLET;

    String text() {
      return "the " + name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the provider does with what it keeps, while it is read once. */
  enum Lie {
    NONE("as it is"),
    ROLLED_BACK("as it was one change ago"),
    FIRST("as it was at first"),
    HEAD_DROPPED("without the head"),
    OBJECT_DROPPED("without an object"),
    OBJECTS_SWAPPED("with two objects swapped"),
    HEAD_FLIPPED("with a bit of the head flipped"),
    OBJECT_FLIPPED("with a bit of an object flipped");

    private final String text;

    Lie(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** What happens to which message of a command. */
  record Fate(Mishap mishap, Moment moment) {
    static final Fate NONE = new Fate(Mishap.NONE, Moment.STATUS);

    String text() {
      return mishap == Mishap.NONE ? "" : "; " + mishap.text() + " " + moment.text();
    }
  }

  /** The step as a sentence. */
  String text();

  /** What happens to a message of it. */
  default Fate fate() {
    return Fate.NONE;
  }

  /** Whether the provider shows an earlier state. */
  default boolean isRollback() {
    return false;
  }

  /** The same step when nothing goes wrong in it. */
  default Step calm() {
    return this;
  }

  record Enrol(Who who, String password, Fate fate) implements Step {
    @Override
    public String text() {
      return "Alice enables backups on " + who.text() + " with " + password + fate.text();
    }

    @Override
    public Step calm() {
      return new Enrol(who, password, Fate.NONE);
    }
  }

  record Restore(String password, Lie lie, Fate fate) implements Step {
    @Override
    public boolean isRollback() {
      return lie == Lie.ROLLED_BACK || lie == Lie.FIRST;
    }

    @Override
    public String text() {
      String shown = lie == Lie.NONE ? "" : ", the provider shows its state " + lie.text();
      return "somebody restores on a new tablet with " + password + shown + fate.text();
    }

    @Override
    public Step calm() {
      return new Restore(password, lie, Fate.NONE);
    }
  }

  record Change(Who who, String previous, String next, Fate fate) implements Step {
    @Override
    public String text() {
      return "Alice changes " + previous + " to " + next + " on " + who.text() + fate.text();
    }

    @Override
    public Step calm() {
      return new Change(who, previous, next, Fate.NONE);
    }
  }

  record BackUp(Who who, Fate fate) implements Step {
    @Override
    public String text() {
      return "Alice backs up a new message on " + who.text() + fate.text();
    }

    @Override
    public Step calm() {
      return new BackUp(who, Fate.NONE);
    }
  }

  record Rotate(Who who, String password, Fate fate) implements Step {
    @Override
    public String text() {
      return "Alice rotates the key on " + who.text() + " with " + password + fate.text();
    }

    @Override
    public Step calm() {
      return new Rotate(who, password, Fate.NONE);
    }
  }

  record Disable(Who who, boolean deleteBackup, Fate fate) implements Step {
    @Override
    public String text() {
      String extent = deleteBackup ? " and deletes the backup" : "";
      return "Alice disables backups on " + who.text() + extent + fate.text();
    }

    @Override
    public Step calm() {
      return new Disable(who, deleteBackup, Fate.NONE);
    }
  }

  record Contact(Who who, Fate fate) implements Step {
    @Override
    public String text() {
      return who.text() + " contacts the vault" + fate.text();
    }

    @Override
    public Step calm() {
      return new Contact(who, Fate.NONE);
    }
  }

  record StartAfresh(boolean complete) implements Step {
    @Override
    public String text() {
      return "somebody " + (complete ? "completes" : "requests") + " a restart by token";
    }
  }

  record Spend(int attempts) implements Step {
    @Override
    public Step calm() {
      return new Spend(1);
    }

    @Override
    public String text() {
      return "Mallory spends attempts without KE3: " + attempts;
    }
  }

  record Hold(String password) implements Step {
    @Override
    public String text() {
      return "Mallory opens a session with " + password + " and keeps it";
    }
  }

  record FinishHeld() implements Step {
    @Override
    public String text() {
      return "Mallory finishes the oldest session that was kept";
    }
  }

  record Replay(Moment moment) implements Step {
    @Override
    public String text() {
      return "the network delivers, late or again, " + moment.text() + " seen last";
    }
  }

  record VaultRestart() implements Step {
    @Override
    public String text() {
      return "the vault is killed and started again";
    }
  }

  /** Seconds may be negative: a clock set back. */
  record Wait(long seconds) implements Step {
    @Override
    public String text() {
      return seconds < 0 ? "the clock is set back by " + -seconds + " s" : seconds + " s pass";
    }
  }
}
