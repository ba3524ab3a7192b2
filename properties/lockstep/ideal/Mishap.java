package lockstep.ideal;

/** What the adversary, or bad luck, does to one message. */
enum Mishap {
  NONE("nothing happens to"),
  REQUEST_LOST("the network loses"),
  REPLY_LOST("the network loses the reply to"),
  TWICE("the network delivers twice"),
  SUBSTITUTED("the network puts a reply that it once saw in the place of the one to"),
  CRASH_BEFORE("the device dies before"),
  CRASH_AFTER("the device dies after"),
  VAULT_DIES("the vault is restarted before"),
  ATTEMPT_BETWEEN("somebody spends an attempt before");

  private final String text;

  Mishap(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
