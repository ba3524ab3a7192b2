package lockstep.cli;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.wire.AccountName;

/**
 * Whether a password would be guessed, as zxcvbn estimates it.
 *
 * <p>Source: PWD-6; Wheeler, <i>zxcvbn: Low-Budget Password Strength Estimation</i>, USENIX
 * Security 2016.
 */
@Decides("PWD-6")
final class PasswordJudge {

  /** A thousand for each guess that a vault allows at most. */
  static final int FEWEST_GUESSES = 20_000;

  /** zxcvbn's time grows faster than the text; what lies behind only makes a password better. */
  private static final int JUDGED_CHARACTERS = 128;

  private PasswordJudge() {}

  static boolean isWeak(Password password, AccountName account) {
    return password.<Boolean>expose(
        utf8 -> {
          CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
          try {
            return isWeak(text.subSequence(0, judged(text)), account);
          } finally {
            Arrays.fill(text.array(), '\0');
          }
        });
  }

  private static boolean isWeak(CharSequence text, AccountName account) {
    Strength strength = Lists.LOADED.measure(text, List.of(account.text(), "lockstep"));
    try {
      return strength.getGuesses() < FEWEST_GUESSES;
    } finally {
      strength.wipe();
    }
  }

  private static int judged(CharBuffer text) {
    if (text.length() <= JUDGED_CHARACTERS) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(JUDGED_CHARACTERS - 1))
        ? JUDGED_CHARACTERS - 1
        : JUDGED_CHARACTERS;
  }

  /** Its lists take a moment to read: they are, once, where a password is judged. */
  private static final class Lists {
    private static final Zxcvbn LOADED = new Zxcvbn();
  }
}
