package lockstep.ideal;

/** A message of the device's protocols; within one command the first of its kind. */
enum Moment {
  CHALLENGE,
  STATUS,
  ATTEMPT,
  FINISH,
  ABANDON,
  REGISTER,
  STAGE,
  CONFIRM,
  CONFIRMED,
  ACTIVATE,
  MARK,
  DISABLE;

  String text() {
    return this == CONFIRMED
        ? "the confirming KE3"
        : "the " + name().toLowerCase(java.util.Locale.ROOT);
  }
}
