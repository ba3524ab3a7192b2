package lockstep.format;

/** The byte that begins an entry of a manifest (MAN-1). */
final class EntryType {

  static final int END = 0;
  static final int DIRECTORY = 1;
  static final int FILE = 2;
  static final int LINK = 3;

  private EntryType() {}
}
