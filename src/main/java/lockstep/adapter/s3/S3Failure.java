package lockstep.adapter.s3;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.xml.stream.XMLStreamException;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a server, or the way to it, said went wrong: by the server's code where it gives one, else
 * by the status, else by what broke.
 *
 * @param status the HTTP status, 0 where there was no answer
 * @param code the server's code, perhaps nothing; letters and digits only
 */
@Decides("PRV-18")
@Implements("PRV-4~2")
record S3Failure(int status, String code) {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int EXISTS = 412;
  private static final int TOO_MANY = 429;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int BUSY = 503;
  private static final int FULL = 507;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,60}");

  private static final Set<String> THROTTLED =
      Set.of(
          "slowdown",
          "slowdownread",
          "slowdownwrite",
          "throttling",
          "throttlingexception",
          "requestlimitexceeded",
          "requestthrottled",
          "toomanyrequests",
          "bandwidthlimitexceeded",
          "serviceunavailable",
          "serverbusy");
  private static final Set<String> EXPIRED =
      Set.of("expiredtoken", "expiredtokenexception", "tokenrefreshrequired", "invalidtoken");
  private static final Set<String> CLOCK = Set.of("requesttimetooskewed", "requestexpired");
  private static final Set<String> REGION =
      Set.of(
          "permanentredirect",
          "temporaryredirect",
          "authorizationheadermalformed",
          "illegallocationconstraintexception");

  /** What the library threw, as the server's answer. */
  static S3Failure of(AwsServiceException failed) {
    String given = failed.awsErrorDetails() == null ? null : failed.awsErrorDetails().errorCode();
    return new S3Failure(
        failed.statusCode(), given != null && CODE.matcher(given).matches() ? given : "");
  }

  /** The provider's failure, in words for the user. */
  static ProviderUnavailable unavailable(SdkException failed) {
    String words =
        failed instanceof AwsServiceException answered ? of(answered).words() : unanswered(failed);
    return new ProviderUnavailable(words, failed);
  }

  private boolean is(String name) {
    return code.equalsIgnoreCase(name);
  }

  private boolean isOf(Set<String> names) {
    return names.contains(code.toLowerCase(Locale.ROOT));
  }

  /** Nothing has that name; it does not say so of a bucket. */
  boolean isMissing() {
    return status == NOT_FOUND
        && (code.isEmpty() || is("NoSuchKey") || is("NotFound") || is("404"));
  }

  /** The upload in parts is over: completed before, or aborted. */
  boolean isNoUpload() {
    return is("NoSuchUpload");
  }

  /** Something has the name of what was to be put where nothing is. */
  boolean isTaken() {
    return status == EXISTS || is("PreconditionFailed");
  }

  /** Another put to that name was under way; the server wants to be asked again. */
  boolean isConflict() {
    return status == CONFLICT && (is("ConditionalRequestConflict") || is("OperationAborted"));
  }

  /** The server knows no such request, or no such condition of it. */
  boolean isNotImplemented() {
    return status == NOT_IMPLEMENTED || is("NotImplemented");
  }

  /** The failure in words for the user, with what to do next. */
  String words() {
    if (is("NoSuchBucket")) {
      return "there is no bucket of that name at it; look at --provider, or make the bucket first";
    }
    Optional<String> credential = credentialWords();
    if (credential.isPresent()) {
      return credential.get();
    }
    if (isOf(CLOCK)) {
      return "this device's clock differs too much from the provider's; set it";
    }
    if (status == FULL
        || code.toLowerCase(Locale.ROOT)
            .matches(".*(quota|storagefull).*|totalstorage.*|insufficientstorage.*")) {
      return "the provider is full, or the account's quota is used up; make room there";
    }
    if (status == TOO_MANY || status == BUSY || isOf(THROTTLED)) {
      return "it asks to slow down, and still did after several pauses; wait a while";
    }
    if (isOf(REGION) || (status >= 300 && status < 400)) {
      return "the bucket is in another region or at another server; look at --s3-region and"
          + " --s3-endpoint";
    }
    if (isNotImplemented()) {
      return "its server lacks a request that is needed (uploads in parts, for a backup of very"
          + " many files)";
    }
    if (status == 401 || status == 403) {
      return "this credential may not do that there (list, get, put and delete are needed below the"
          + " prefix)"
          + said();
    }
    return "its server failed" + said();
  }

  private Optional<String> credentialWords() {
    if (isOf(EXPIRED)) {
      return Optional.of(
          "the credential has expired or was revoked; get a new one (AWS_SESSION_TOKEN, or the"
              + " profile's login)");
    }
    if (is("InvalidAccessKeyId")) {
      return Optional.of(
          "it does not know this access key; look at AWS_ACCESS_KEY_ID, or at the profile");
    }
    if (is("SignatureDoesNotMatch")) {
      return Optional.of(
          "the secret does not belong to this access key; look at AWS_SECRET_ACCESS_KEY, or at"
              + " the profile");
    }
    return Optional.empty();
  }

  private String said() {
    return " (status " + status + (code.isEmpty() ? "" : ", " + code) + ")";
  }

  private static String unanswered(SdkException failed) {
    for (Throwable cause = failed; cause != null; cause = beneath(cause)) {
      if (cause instanceof UnknownHostException) {
        return "the address of its server is not known; look at --s3-endpoint, and at the network";
      }
      if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return "its server cannot be reached; look at --s3-endpoint, and at the network";
      }
      if (cause instanceof SSLException) {
        return "there is no trusted TLS connection to its server; look at --s3-endpoint, and at the"
            + " authorities that this Java trusts";
      }
      if (cause instanceof SocketTimeoutException
          || cause instanceof InterruptedIOException
          || cause instanceof ApiCallTimeoutException
          || cause instanceof ApiCallAttemptTimeoutException) {
        return "its server did not answer in time";
      }
      if (cause instanceof BoundedAnswer.TooLong) {
        return "its server answers without end";
      }
    }
    return failed.getCause() instanceof java.io.IOException
        ? "the connection to its server broke, again and again"
        : "its server gives no answer of an S3 server; look at --s3-endpoint";
  }

  // What the parser of an answer met while it read is not its exception's cause.
  private static @Nullable Throwable beneath(Throwable failure) {
    return failure instanceof XMLStreamException parsing && parsing.getNestedException() != null
        ? parsing.getNestedException()
        : failure.getCause();
  }
}
