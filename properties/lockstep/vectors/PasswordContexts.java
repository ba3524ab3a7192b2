package lockstep.vectors;

import lockstep.oracle.RejectedAs;

/** Passwords by the rules of Unicode: each rule with a text that keeps it and one that does not. */
final class PasswordContexts {

  /** Clause, what keeps the rule, what breaks it by one change, and the rule. */
  private static final String[][] RULES = {
    {
      "PWD-4",
      "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
      "\u0645\u0627\u200c\u062e\u0648\u0627\u0647\u0645",
      "a non-joiner between joining letters; alef joins to nothing after it"
    },
    {
      "PWD-4",
      "\u0628\u064e\u200c\u064e\u0628\u0628",
      "\u0628\u064e\u200c\u064eabc",
      "a non-joiner with transparent marks about it; Latin joins to nothing"
    },
    {
      "PWD-4",
      "\u0915\u094d\u200c\u0937\u0937\u0937",
      "\u0915\u200c\u0937\u0937\u0937\u0937",
      "a non-joiner after a virama, and without one"
    },
    {
      "PWD-4",
      "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd",
      "\u0dc1\u200d\u0dbb\u0dd3 \u0dbd\u0dbd",
      "a joiner after a virama, and without one"
    },
    {
      "PWD-4",
      "\u0628\u0628\u0915\u094d\u200d\u0628",
      "\u0628\u0628\u0628\u200d\u0628\u0628",
      "a joiner after a virama; between joining letters it is refused, other than a non-joiner"
    },
    {"PWD-4", "col\u00b7leccio", "col\u00b7Leccio", "a middle dot between two l; L is none"},
    {"PWD-4", "l\u0387leccio", "a\u0387leccio", "U+0387 is a middle dot after composition"},
    {
      "PWD-4",
      "\u0375\u03b1\u03b2\u03b3\u03b4\u03b5",
      "\u03b1\u03b2\u03b3\u03b4\u03b5\u0375",
      "a keraia before Greek, and after it"
    },
    {
      "PWD-4",
      "\u05d0\u05f3\u05d1\u05d2\u05d3\u05d4",
      "\u05f3\u05d0\u05d1\u05d2\u05d3\u05d4",
      "a geresh after Hebrew, and before it"
    },
    {
      "PWD-4",
      "\u05d0\u05f4\u05d1\u05d2\u05d3\u05d4",
      "\u05f4\u05d0\u05d1\u05d2\u05d3\u05d4",
      "gershayim after Hebrew, and before it"
    },
    {"PWD-4", "abc\u30fbde\u30a2", "abc\u30fbdef", "a katakana middle dot where there is katakana"},
    {
      "PWD-4",
      "abc\u30fbde\u3042",
      "abc\u30fbde\uac00",
      "the same with hiragana; hangul will not do"
    },
    {"PWD-4", "abc\u30fbde\u4e2d", "abc\u30fbde\u3105", "the same with Han; bopomofo will not do"},
    {
      "PWD-4",
      "pin \u0661\u0662\u0663",
      "pin \u0661\u0662\u06f3",
      "Arabic-Indic digits, unmixed and mixed"
    },
    {
      "PWD-4",
      "pin \u06f1\u06f2\u06f3",
      "pin \u06f1\u06f2\u0663",
      "extended Arabic-Indic digits, unmixed and mixed"
    },
    {
      "PWD-1",
      "\u1112\u1161\u11ababcde",
      "\u1112\u11ababcde",
      "conjoining jamo compose to a syllable, or are old"
    },
    {
      "PWD-1", "\ud83e\udee8abcdef", "\ud83e\udec8abcdef", "U+1FAE8 is of Unicode 15; U+1FAC8 of 17"
    },
    {"PWD-1", "\ud83e\udee9abcdef", "\u0378abcdef", "U+1FAE9 is of Unicode 16; U+0378 of none"},
    {"PWD-1", "heart\u2764", "heart\u2764\ufe0f", "a variation selector is default-ignorable"},
    {"PWD-1", "\u82a6\u5c4babcd", "\u82a6\udb40\udd00\u5c4babcd", "so is an ideographic one"},
    {"PWD-1", "pass word", "pass\u200bword", "and a zero-width space, other than a common one"},
    {
      "PWD-1",
      "pass\u061d!!",
      "pass\u061c!!",
      "U+061D is punctuation of Unicode 14; U+061C a bidi control"
    },
    {
      "PWD-1",
      "\u00df\u03c2\u3007\u06fd\u06fe\u0f0b",
      "\u00df\u03c2\u3007\u06fd\u06fe\u0640",
      "exceptions that are valid; tatweel is not"
    },
    {
      "PWD-1",
      "\ufb01\u2460\u1e9b\u0323\u212b!",
      "\ufb01\u2460\u1e9b\u0323\u212b\ue000",
      "compatibility forms stay, other than singletons; private use is refused"
    },
    {
      "PWD-1",
      "\ud834\udd5e\u0958\u0340\u0301 \u0344",
      "\ud834\udd5e\u0958\u0340\u0301\u0085\u0344",
      "composition's exclusions; U+0085 is a control"
    }
  };

  private PasswordContexts() {}

  static void draft(Draft draft) {
    for (String[] rule : RULES) {
      String valid = draft.valid(rule[0], rule[3], "password.prepare", KeyTopics.input(rule[1]));
      draft.negative(
          valid,
          rule[0],
          RejectedAs.NOT_ALLOWED,
          Mutation.replace("password", Sample.text(rule[2]), rule[3]),
          "a runtime's own tables, or a profile without its contextual rules: " + rule[3]);
    }
  }
}
