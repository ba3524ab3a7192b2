package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import lockstep.oracle.RejectedAs;
import lockstep.secret.KeyLabel;

/** Key hierarchy, 64-digit key, passwords. */
final class KeyTopics {

  private static final String ROOT = Sample.of("root key", 32);
  private static final String PASSWORD = "password";

  private KeyTopics() {}

  static void keys(Draft draft) {
    String derived = "";
    for (KeyLabel label : KeyLabel.values()) {
      derived =
          draft.valid(
              "KEY-2 KEY-3",
              "the subkey of " + label.text() + ": a label without its length gives another",
              "keys.derive",
              Json.object("parent", ROOT, "label", label.text()));
    }
    draft.negative(
        derived, "KEY-1", RejectedAs.MALFORMED, Mutation.cut("parent", 1), "a parent of 31 bytes");
    draft.negative(
        derived,
        "KEY-1",
        RejectedAs.MALFORMED,
        Mutation.append("parent", "00"),
        "a parent of 33 bytes, zero at its end");
    draft.negative(
        derived,
        "KEY-3",
        RejectedAs.MALFORMED,
        Mutation.set("label", "lockstep/v1/payload", "a label of no purpose"),
        "a label that the table does not have");
    hkdf(draft);
    names(draft);
  }

  private static void hkdf(Draft draft) {
    String last = "";
    for (int length : new int[] {1, 32, 33, 8160}) {
      last =
          draft.valid(
              "KEY-2",
              "HKDF-SHA256 to " + length + " bytes",
              "hkdf",
              Json.object("ikm", ROOT, "salt", "", "info", Sample.text("info"), "length", length));
    }
    draft.negative(
        last,
        "KEY-2",
        RejectedAs.MALFORMED,
        Mutation.set("length", 8161, "one byte more than 255 hashes"),
        "the counter of HKDF-Expand would wrap");
    draft.negative(
        last,
        "KEY-2",
        RejectedAs.MALFORMED,
        Mutation.set("length", 0, "nothing"),
        "no bytes at all");
  }

  private static void names(Draft draft) {
    ObjectNode input =
        Json.object(
            "rootKey", ROOT, "account", Sample.ALICE, "objectId", Sample.of("object id", 16));
    String named =
        draft.valid("OBJ-4 OBJ-5", "names are keyed hashes, 16 bytes", "backup.names", input);
    draft.valid(
        "OBJ-5",
        "a head's name gives its number in decimal, without leading zeros",
        "backup.names",
        Json.with(input, "backupNumber", 1200));
    draft.valid(
        "OBJ-5 ENC-4",
        "an account name is UTF-8, and bytes are hashed, not characters",
        "backup.names",
        Json.with(input, "account", "älice ☎"));
    badNames(draft, named);
  }

  private static void badNames(Draft draft, String named) {
    draft.negative(
        named,
        "OBJ-3",
        RejectedAs.MALFORMED,
        Mutation.cut("objectId", 1),
        "an object id of 15 bytes");
    draft.negative(
        named,
        "ENC-4",
        RejectedAs.MALFORMED,
        Mutation.set("account", "ali\u0007ce", "a control character"),
        "an account name with a bell in it");
    draft.negative(
        named,
        "ENC-4",
        RejectedAs.MALFORMED,
        Mutation.set("account", "", "nothing"),
        "an empty account name");
    draft.negative(
        named,
        "ENC-4",
        RejectedAs.MALFORMED,
        Mutation.set("account", "a".repeat(256), "256 bytes"),
        "an account name that is too long");
  }

  static void recoveryKey(Draft draft) {
    String shown = draft.text("recoverykey.format", Json.object("rootKey", ROOT), "text");
    String formatted =
        draft.valid(
            "RKY-1 RKY-2",
            "16 groups of four, four a line",
            "recoverykey.format",
            Json.object("rootKey", ROOT));
    draft.negative(
        formatted,
        "KEY-1",
        RejectedAs.MALFORMED,
        Mutation.cut("rootKey", 1),
        "a root key of 31 bytes");
    String parsed =
        draft.valid("RKY-3", "as it is shown", "recoverykey.parse", Json.object("text", shown));
    String[][] accepted = {
      {ROOT, "without a separator"},
      {ROOT.toUpperCase(Locale.ROOT), "in capitals"},
      {shown.replace(" ", "-").replace("\n", "\r\n"), "dashes, and line ends of Windows"},
      {"\t " + shown.replace("\n", "\n\n") + "--\n", "separators before, after and doubled"},
      {shown.replace(" ", "\u00a0"), "no-break spaces, as a web page has them"},
      {shown.replace(" ", "\u202f").replace("\n", "\u2028"), "narrow ones, and line separators"},
      {
        "\ufeff" + shown.replace(" ", "\u3000\u200b"),
        "a byte order mark, wide and zero-width spaces"
      },
      {shown.replace(" ", "\u2011"), "no-break hyphens"},
      {shown.replace(" ", " \u2013 ").replace("\n", "\u2014"), "en and em dashes"},
      {shown.replace(" ", "\u2212").replace("\n", "\ud803\udead"), "minus signs, a Yezidi hyphen"},
      {"\u202a" + shown + "\u202c", "an embedding that a right-to-left text put about it"}
    };
    for (String[] one : accepted) {
      draft.valid("RKY-3", one[1], "recoverykey.parse", Json.object("text", one[0]));
    }
    rejectedKeys(draft, parsed, shown);
  }

  private static void rejectedKeys(Draft draft, String parsed, String shown) {
    String rest = shown.substring(1);
    Object[][] refused = {
      {RejectedAs.WRONG_LENGTH, rest, "63 digits"},
      {RejectedAs.WRONG_LENGTH, shown + "0", "65 digits"},
      {RejectedAs.WRONG_LENGTH, "", "nothing"},
      {RejectedAs.WRONG_LENGTH, shown + "\n" + shown, "the key twice"},
      {RejectedAs.BAD_CHARACTER, "g" + rest, "g is no digit"},
      {RejectedAs.BAD_CHARACTER, "O" + rest, "the letter O for a zero"},
      {RejectedAs.BAD_CHARACTER, "\uff10" + rest, "a full-width zero"},
      {RejectedAs.BAD_CHARACTER, "\u0660" + rest, "an Arabic-Indic zero"},
      {RejectedAs.BAD_CHARACTER, shown.replaceFirst(" ", "\u00b7"), "a middle dot"},
      {RejectedAs.BAD_CHARACTER, shown.replaceFirst(" ", "\u0007"), "a control"},
      {RejectedAs.BAD_CHARACTER, shown.replaceFirst(" ", "_"), "an underscore"},
      {RejectedAs.BAD_CHARACTER, "0x" + shown, "a prefix"},
      {RejectedAs.BAD_CHARACTER, shown + "\u0000", "a NUL at the end"}
    };
    for (Object[] one : refused) {
      draft.negative(
          parsed,
          "RKY-3",
          (RejectedAs) one[0],
          Mutation.set("text", one[1], (String) one[2]),
          "a lenient reader takes it: " + one[2]);
    }
  }

  static void passwords(Draft draft) {
    String[][] prepared = {
      {"correct horse", "as it is"},
      {"Correct\u3000Horse", "a space of another kind becomes the common one; case stays"},
      {"e\u0301cole 1", "composed to NFC"},
      {"ｐａｓｓｗｏｒｄ", "full-width letters stay: NFC, not NFKC"},
      {"sesame", "six code points"},
      {"🔑🔒🔓🔑🔒🔓", "six code points, twelve UTF-16 units"},
      {"a".repeat(1024), "1,024 bytes"}
    };
    String valid = "";
    for (String[] one : prepared) {
      String id = draft.valid("PWD-1 PWD-2", one[1], "password.prepare", input(one[0]));
      valid = valid.isEmpty() ? id : valid;
    }
    refusedPasswords(draft, valid);
    PasswordContexts.draft(draft);
  }

  private static void refusedPasswords(Draft draft, String valid) {
    Object[][] refused = {
      {"PWD-2", RejectedAs.TOO_SHORT, Sample.text("horse"), "five code points"},
      {"PWD-2", RejectedAs.TOO_SHORT, Sample.text("🔑🔒🔓"), "three code points, six UTF-16 units"},
      {"PWD-2", RejectedAs.TOO_LONG, Sample.text("a".repeat(1025)), "1,025 bytes"},
      {"PWD-1", RejectedAs.NOT_ALLOWED, "", "nothing"},
      {"PWD-1", RejectedAs.NOT_ALLOWED, Sample.text("correct\thorse"), "a tab"},
      {"PWD-1", RejectedAs.NOT_ALLOWED, Sample.text("correct\u0000horse"), "a NUL"},
      {"PWD-1", RejectedAs.NOT_ALLOWED, "636f7272656374ff", "no UTF-8"},
      {"PWD-1", RejectedAs.NOT_ALLOWED, "636f7272656374eda080", "a surrogate in UTF-8"},
      {"PWD-1", RejectedAs.NOT_ALLOWED, "636f7272656374c0af", "an overlong form"}
    };
    for (Object[] one : refused) {
      draft.negative(
          valid,
          (String) one[0],
          (RejectedAs) one[1],
          Mutation.replace(PASSWORD, (String) one[2], (String) one[3]),
          "a password that must not get as far as an attempt: " + one[3]);
    }
  }

  static ObjectNode input(String password) {
    return Json.object(PASSWORD, Sample.text(password));
  }
}
