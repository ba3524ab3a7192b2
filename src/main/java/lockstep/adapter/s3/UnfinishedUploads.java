package lockstep.adapter.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Uploads in parts that nobody has ended. No listing of objects shows them, and they are paid for.
 *
 * @param folder where they were to become objects
 */
@Implements("PRV-7~3")
record UnfinishedUploads(S3Folder folder) {

  private static final int MAX_PAGES = 1000;

  /** Aborts those for whose object's name and beginning that holds. */
  void abort(BiPredicate<String, Instant> isOver) throws ProviderUnavailable {
    for (MultipartUpload upload : all()) {
      String key = upload.key() == null ? "" : upload.key();
      Instant begunAt = upload.initiated() == null ? Instant.MAX : upload.initiated();
      if (key.startsWith(folder.key(""))
          && isOver.test(key.substring(folder.key("").length()), begunAt)) {
        S3Folder.askedFor(
            () ->
                folder
                    .client()
                    .abortMultipartUpload(
                        abort ->
                            abort.bucket(folder.bucket()).key(key).uploadId(upload.uploadId())),
            failure -> failure.isNoUpload() || failure.isMissing());
      }
    }
  }

  private List<MultipartUpload> all() throws ProviderUnavailable {
    List<MultipartUpload> found = new ArrayList<>();
    String key = null;
    String id = null;
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      Optional<ListMultipartUploadsResponse> page = page(key, id);
      if (page.isEmpty()) {
        return found;
      }
      found.addAll(page.get().uploads());
      if (!Boolean.TRUE.equals(page.get().isTruncated())) {
        return found;
      }
      key = page.get().nextKeyMarker();
      id = page.get().nextUploadIdMarker();
    }
    throw new ProviderUnavailable("its server lists without end");
  }

  /** A page; nothing where the server has no uploads in parts, or tells nobody of them. */
  private Optional<ListMultipartUploadsResponse> page(@Nullable String key, @Nullable String id)
      throws ProviderUnavailable {
    return S3Folder.askedFor(
        () ->
            folder
                .client()
                .listMultipartUploads(
                    list ->
                        list.bucket(folder.bucket())
                            .prefix(folder.key(""))
                            .keyMarker(key)
                            .uploadIdMarker(id)),
        failure ->
            failure.isNotImplemented() || failure.status() == 403 || failure.status() == 405);
  }
}
