package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lockstep.oracle.RejectedAs;

/** The OPRF, and every value that is no element or no scalar. */
final class OprfTopic {

  /** The order of P-256. */
  static final String ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

  private static final String ORDER_PLUS_1 = ORDER.substring(0, 62) + "52";
  private static final String PRIME =
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
  private static final String BLINDED = "blindedElement";
  private static final String EVALUATED = "evaluatedElement";
  private static final String BLIND = Sample.of("blind", 32);
  private static final String KEY = Sample.of("oprf key", 32);

  private OprfTopic() {}

  static void oprf(Draft draft) {
    String last = "";
    for (String input : new String[] {"", "00", Sample.text("correct horse"), "5a".repeat(300)}) {
      ObjectNode blinding = Json.object("input", input, "blind", BLIND);
      last =
          draft.valid(
              "OPR-1", "an input of " + input.length() / 2 + " bytes", "oprf.blind", blinding);
    }
    scalars(draft, last, "blind");
    String blinded =
        draft.text(
            "oprf.blind",
            Json.object("input", Sample.text("correct horse"), "blind", BLIND),
            BLINDED);
    ObjectNode evaluation = Json.object("privateKey", KEY, BLINDED, blinded);
    String evaluated = draft.valid("OPR-1", "an evaluation", "oprf.evaluate", evaluation);
    elements(draft, evaluated, BLINDED);
    scalars(draft, evaluated, "privateKey");
    ObjectNode finishing =
        Json.object(
            "input",
            Sample.text("correct horse"),
            "blind",
            BLIND,
            EVALUATED,
            draft.text("oprf.evaluate", evaluation, EVALUATED));
    String finished = draft.valid("OPR-1", "the output", "oprf.finalize", finishing);
    elements(draft, finished, EVALUATED);
    scalars(draft, finished, "blind");
    draft.valid(
        "OPR-1",
        "a key derived from a seed, with the info that OPAQUE uses",
        "oprf.deriveKey",
        Json.object("seed", Sample.of("seed", 32), "info", "OPAQUE-DeriveKeyPair"));
    smallest(draft);
  }

  private static void smallest(Draft draft) {
    draft.valid(
        "OPR-3",
        "the largest scalar, n - 1, is one",
        "oprf.blind",
        Json.object("input", "00", "blind", ORDER.substring(0, 62) + "50"));
    draft.valid(
        "OPR-3",
        "the smallest scalar, 1, is one",
        "oprf.blind",
        Json.object("input", "00", "blind", "00".repeat(31) + "01"));
  }

  /** Everything that OPR-2 refuses, in place of an element of a valid test. */
  static void elements(Draft draft, String sibling, String field) {
    String[][] refused = {
      {"00", "the identity, in its one byte"},
      {"00".repeat(33), "33 zero bytes for the identity"},
      {"02" + "00".repeat(31) + "02", "an x that no point has"},
      {"02" + PRIME, "x = p, which is 0 not reduced"},
      {"03" + "ff".repeat(32), "an x above p"},
      {"04" + "00".repeat(64), "an uncompressed form, off the curve"},
      {
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a"
            + "7c0f9e162bce33576b315ececbb6406837bf51f5",
        "the generator, uncompressed"
      },
      {
        "076b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a"
            + "7c0f9e162bce33576b315ececbb6406837bf51f5",
        "the generator, hybrid"
      },
      {"046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", "prefix 4, 33 bytes"},
      {"016b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", "prefix 1"},
      {"", "nothing"}
    };
    for (String[] one : refused) {
      malformed(draft, sibling, "OPR-2", Mutation.replace(field, one[0], one[1]));
    }
    malformed(draft, sibling, "OPR-2", Mutation.cut(field, 1));
    malformed(draft, sibling, "OPR-2", Mutation.append(field, "00"));
  }

  /** Everything that OPR-3 refuses, in place of a scalar of a valid test. */
  static void scalars(Draft draft, String sibling, String field) {
    String[][] refused = {
      {"00".repeat(32), "zero"},
      {ORDER, "n"},
      {ORDER_PLUS_1, "n + 1"},
      {"ff".repeat(32), "2^256 - 1"},
      {"", "nothing"}
    };
    for (String[] one : refused) {
      malformed(draft, sibling, "OPR-3", Mutation.replace(field, one[0], one[1]));
    }
    malformed(draft, sibling, "OPR-3", Mutation.cut(field, 1));
    malformed(draft, sibling, "OPR-3", Mutation.append(field, "00"));
  }

  private static void malformed(Draft draft, String sibling, String clause, Mutation mutation) {
    draft.negative(
        sibling,
        clause,
        RejectedAs.MALFORMED,
        mutation,
        mutation.field() + " is computed with: " + mutation.detail());
  }
}
