package lockstep.cli;

import lockstep.secret.Password;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import picocli.CommandLine.Option;

/** Refuses a new password that can be guessed, unless the user accepts it by name. */
@Implements("PWD-6")
final class NewPasswordOption {

  static final String ACCEPT = "--accept-weak-password";

  @Option(
      names = ACCEPT,
      description = "Take the new password even if it is one of the first that anybody would try.")
  private boolean acceptWeak;

  /** The same password, where it is strong enough or accepted; otherwise it is closed. */
  Password judged(Password password, AccountName account) {
    if (acceptWeak || !PasswordJudge.isWeak(password, account)) {
      return password;
    }
    password.close();
    throw new Ended(
        Answer.refused(
                "The new password is one of the first "
                    + PasswordJudge.FEWEST_GUESSES
                    + " that somebody would try who knows lists of passwords, names, dates and the"
                    + " keyboard.",
                "Nothing was changed. Run the command again with another one, such as four words"
                    + " that have nothing to do with each other; or with "
                    + ACCEPT
                    + ", if you mean it.")
            .with("reason", "passwordWeak"));
  }
}
