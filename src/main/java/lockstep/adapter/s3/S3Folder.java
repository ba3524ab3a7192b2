package lockstep.adapter.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lockstep.adapter.storage.FromProvider;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket whose names begin alike, up to the next slash. */
@Implements({"PRV-4~2", "PRV-17"})
final class S3Folder {

  /** More names than any set has; a server that lists more lists without end. */
  private static final int MAX_PAGES = 20_000;

  private final S3Client client;
  private final String bucket;
  private final String path;
  private final S3Sizes sizes;

  /**
   * A folder of the bucket.
   *
   * @param path empty, or ends with a slash
   */
  S3Folder(S3Client client, String bucket, String path, S3Sizes sizes) {
    this.client = client;
    this.bucket = bucket;
    this.path = path;
    this.sizes = sizes;
  }

  /** Something in a folder. */
  record Entry(String name, long lengthBytes, Instant storedAt) {}

  S3Client client() {
    return client;
  }

  String bucket() {
    return bucket;
  }

  S3Sizes sizes() {
    return sizes;
  }

  String key(String name) {
    return path + name;
  }

  /** What a request gives, or the provider's failure. */
  static <R> R asked(Supplier<R> request) throws ProviderUnavailable {
    try {
      return request.get();
    } catch (S3Credentials.NoCredential none) {
      throw none.unavailable();
    } catch (SdkException failed) {
      throw S3Failure.unavailable(failed);
    }
  }

  /** The same, where a failure of some kind is an answer, too. */
  static <R> Optional<R> askedFor(Supplier<R> request, Predicate<S3Failure> isAnswer)
      throws ProviderUnavailable {
    try {
      return Optional.of(asked(request));
    } catch (ProviderUnavailable failed) {
      if (failed.getCause() instanceof S3Exception answered
          && isAnswer.test(S3Failure.of(answered))) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  /** What lies in it. */
  List<Entry> entries() throws ProviderUnavailable {
    List<Entry> found = new ArrayList<>();
    pages(
        page -> {
          for (S3Object object : page.contents()) {
            name(object.key())
                .ifPresent(
                    name ->
                        found.add(
                            new Entry(
                                name,
                                object.size() == null ? 0 : object.size(),
                                object.lastModified() == null
                                    ? Instant.EPOCH
                                    : object.lastModified())));
          }
        });
    return found;
  }

  /** The names of what lies in it, folders with theirs. */
  List<String> namesAndFolders() throws ProviderUnavailable {
    List<String> found = new ArrayList<>();
    pages(
        page -> {
          page.contents().forEach(object -> name(object.key()).ifPresent(found::add));
          page.commonPrefixes()
              .forEach(folder -> name(folder.prefix().replaceAll("/$", "")).ifPresent(found::add));
        });
    return found;
  }

  private Optional<String> name(@Nullable String key) {
    return key != null && key.startsWith(path) && key.length() > path.length()
        ? Optional.of(key.substring(path.length()))
        : Optional.empty();
  }

  private void pages(Consumer<ListObjectsV2Response> each) throws ProviderUnavailable {
    String next = null;
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      ListObjectsV2Response page = page(next);
      each.accept(page);
      String token = page.nextContinuationToken();
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return;
      }
      if (token == null || token.isEmpty() || token.equals(next)) {
        break;
      }
      next = token;
    }
    throw new ProviderUnavailable("its server lists without end");
  }

  /** A page of the listing, the first one or what follows. */
  private ListObjectsV2Response page(@Nullable String token) throws ProviderUnavailable {
    return asked(
        () ->
            client.listObjectsV2(
                list ->
                    list.bucket(bucket)
                        .prefix(path)
                        .delimiter("/")
                        .encodingType(EncodingType.URL)
                        .maxKeys(sizes.pageNames())
                        .continuationToken(token)));
  }

  /** Fails where the bucket is not there or may not be listed. */
  void requireBucket() throws ProviderUnavailable {
    asked(() -> client.listObjectsV2(list -> list.bucket(bucket).prefix(path).maxKeys(1)));
  }

  boolean has(String name) throws ProviderUnavailable {
    return askedFor(
            () -> client.headObject(head -> head.bucket(bucket).key(key(name))),
            S3Failure::isMissing)
        .isPresent();
  }

  /** Opens an object, which is read on where its connection dies; nothing when it is missing. */
  Optional<InputStream> open(String name) throws ProviderUnavailable {
    return opened(name, 0, null)
        .map(
            in -> {
              GetObjectResponse answer = in.response();
              long length = answer.contentLength() == null ? -1 : answer.contentLength();
              return new FromProvider(
                  new S3Stream(in), length, offset -> again(name, offset, answer.eTag()));
            });
  }

  private InputStream again(String name, long offset, @Nullable String tag)
      throws ProviderUnavailable {
    return new S3Stream(
        opened(name, offset, tag)
            .orElseThrow(() -> new ProviderUnavailable("an object went while it was read")));
  }

  private Optional<ResponseInputStream<GetObjectResponse>> opened(
      String name, long offset, @Nullable String tag) throws ProviderUnavailable {
    return askedFor(
        () ->
            client.getObject(
                get ->
                    get.bucket(bucket)
                        .key(key(name))
                        .ifMatch(tag)
                        .range(offset == 0 ? null : "bytes=" + offset + "-")),
        S3Failure::isMissing);
  }

  /** The first bytes of an object, at most so many; nothing when it is missing. */
  Optional<byte[]> read(String name, int most) throws ProviderUnavailable {
    Optional<InputStream> found = open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = found.get()) {
      return Optional.of(in.readNBytes(most));
    } catch (IOException failed) {
      throw FromProvider.unavailable(failed);
    }
  }

  /** Puts an object; one of that name is replaced. */
  void put(String name, RequestBody content) throws ProviderUnavailable {
    asked(() -> client.putObject(request(name).build(), content));
  }

  /**
   * Puts an object where nothing has that name, by a condition that the server has to know.
   *
   * @return false where something has it
   */
  boolean putIfAbsent(String name, RequestBody content) throws ProviderUnavailable {
    return askedFor(() -> putOnCondition(name, content), S3Failure::isTaken).isPresent();
  }

  /** Asks for the same; what the server throws says whether it was made. */
  boolean putOnCondition(String name, RequestBody content) {
    client.putObject(request(name).ifNoneMatch("*").build(), content);
    return true;
  }

  private PutObjectRequest.Builder request(String name) {
    return PutObjectRequest.builder().bucket(bucket).key(key(name));
  }

  /** Removes an object, if it is there. */
  void remove(String name) throws ProviderUnavailable {
    askedFor(
        () -> client.deleteObject(delete -> delete.bucket(bucket).key(key(name))),
        S3Failure::isMissing);
  }
}
