package lockstep.cli;

import lockstep.adapter.remote.NoToken;
import lockstep.adapter.remote.VaultUnreachable;

/** What the user is told where a vault that somebody else runs, or its messenger, did not help. */
final class RemoteAnswers {

  private static final String NOTHING_SENT =
      "Nothing was sent to the vault and no attempt was spent. ";

  private static final String NOT_TAKEN =
      "The vault did nothing with it, and no attempt was spent by it. ";

  private RemoteAnswers() {}

  static Answer unreachable(VaultUnreachable.Reason reason) {
    return switch (reason) {
      case COMMAND_ENDED ->
          VaultAnswers.unusable(
              "commandEnded",
              "The vault's command ended before it had answered.",
              "Run by itself what --vault-command names, and look at what it says.");
      case SILENT ->
          VaultAnswers.unusable(
              "silent",
              "The vault gave no answer in time.",
              "Look at whether the vault runs, and run the command again.");
      case NO_MESSAGE ->
          VaultAnswers.unusable(
              "noMessage",
              "What came back is no message of a vault.",
              "Look at whether what was named is a vault, and prints nothing else.");
      case NO_REPLY ->
          VaultAnswers.unusable(
              "noReply",
              "The vault is there but could not answer this.",
              "Ask the vault's operator. A 64-digit key restores without the vault.");
      case BUSY ->
          VaultAnswers.unusable(
              "busy",
              "The vault has too much to do and did not take this.",
              NOT_TAKEN + "Run the command again in a minute.");
      case BROKEN ->
          VaultAnswers.unusable(
              "broken",
              "The connection to the vault broke before its answer came.",
              "If this was about a password, the attempt may have been spent. Look at the network,"
                  + " and run the command again.");
      case DOWN, OTHER_CERTIFICATE, CERTIFICATE_DATE, NO_TLS -> notReached(reason);
    };
  }

  private static Answer notReached(VaultUnreachable.Reason reason) {
    return switch (reason) {
      case OTHER_CERTIFICATE ->
          VaultAnswers.unusable(
              "otherCertificate",
              "What answers at the vault's address has another certificate than the vault's"
                  + " server.",
              NOT_TAKEN
                  + "Look at --vault and --vault-tls-key, and ask the vault's operator whether the"
                  + " key was changed. Somebody on the network may be in between.");
      case CERTIFICATE_DATE ->
          VaultAnswers.unusable(
              "certificateDate",
              "The certificate of the vault's server is out of date, or not valid yet.",
              NOT_TAKEN
                  + "Look at the clock of this device. If it is right, the vault's operator has to"
                  + " renew the certificate.");
      case NO_TLS ->
          VaultAnswers.unusable(
              "noTls",
              "What answers at the vault's address did not agree on TLS 1.3.",
              NOT_TAKEN + "Look at --vault, and whether something on the way takes part.");
      default ->
          VaultAnswers.unusable(
              "down",
              "Nobody answers at the vault's address.",
              NOT_TAKEN + "Look at the network, at --vault and whether the vault runs.");
    };
  }

  static Answer noToken(NoToken.Reason reason) {
    return switch (reason) {
      case COMMAND_FAILED ->
          noToken(
              "noToken",
              "The command that was to give the account's token failed.",
              "Look at what it said, and run this one again.");
      case SILENT ->
          noToken(
              "noToken",
              "The command that was to give the account's token did not end in time.",
              "Look at what it waits for; it is given no standard input.");
      case NO_FILE ->
          noToken(
              "noToken",
              "The file that was to hold the account's token cannot be read.",
              "Put a token there that is not older than a few minutes.");
      case NOT_A_TOKEN ->
          noToken(
              "notAToken",
              "What was to be the account's token is none.",
              "A token is one line of hexadecimal digits, as lockstep messenger token prints it.");
      case OTHER_ACCOUNT ->
          noToken(
              "tokenForOtherAccount",
              "The token is for another account.",
              "Ask for one for the account that --account names.");
      case OTHER_VAULT ->
          noToken(
              "tokenForOtherVault",
              "The token is for another vault.",
              "Ask for one for this vault, or look at --vault-identity.");
    };
  }

  private static Answer noToken(String reason, String sentence, String next) {
    return VaultAnswers.unusable(reason, sentence, NOTHING_SENT + next);
  }
}
