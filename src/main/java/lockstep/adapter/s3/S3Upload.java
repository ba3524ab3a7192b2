package lockstep.adapter.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object on its way: collected, and put by one request when it is whole. What is longer than any
 * data object goes in parts, which become the object by one request, too.
 */
@Decides("OBS-1")
@Implements({"PRV-1", "PRV-15"})
final class S3Upload extends OutputStream {

  private static final int PIECE_BYTES = 1024 * 1024;

  /** What tells one sealing from another: salt, commitment, and the beginning of the ciphertext. */
  private static final int TELLING_BYTES = 256;

  private final S3Folder folder;
  private final String name;
  private final int partBytes;
  private final boolean onCondition;
  private final List<byte[]> pieces = new ArrayList<>();
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] telling = {};
  private long collected;
  private long sent;
  private @Nullable String upload;

  /**
   * An upload to that name.
   *
   * @param onCondition whether the server puts only what is absent when asked to
   */
  S3Upload(S3Folder folder, String name, boolean onCondition) {
    this.folder = folder;
    this.name = name;
    this.onCondition = onCondition;
    this.partBytes = folder.sizes().partBytes();
  }

  @Override
  public void write(int value) throws ProviderUnavailable {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws ProviderUnavailable {
    int position = offset;
    int left = length;
    while (left > 0) {
      if (collected == partBytes) {
        sendPart();
      }
      int used = (int) (collected % PIECE_BYTES);
      int index = (int) (collected / PIECE_BYTES);
      if (index == pieces.size()) {
        pieces.add(new byte[Math.min(PIECE_BYTES, partBytes)]);
      }
      int room = (int) Math.min(PIECE_BYTES - used, partBytes - collected);
      int taken = Math.min(left, room);
      System.arraycopy(from, position, pieces.get(index), used, taken);
      collected += taken;
      position += taken;
      left -= taken;
    }
  }

  /**
   * Makes the object.
   *
   * @return false where something has its name
   */
  boolean finish() throws ProviderUnavailable {
    remember();
    if (!onCondition && folder.has(name)) {
      return false;
    }
    if (upload != null) {
      if (collected > 0) {
        sendPart();
      }
      return completed(upload) || isOwn();
    }
    sent = collected;
    if (!onCondition) {
      folder.put(name, body());
      return true;
    }
    return folder.putIfAbsent(name, body()) || isOwn();
  }

  // An answer that was lost is asked for again, and then the object of this very upload is there.
  private boolean isOwn() throws ProviderUnavailable {
    Optional<byte[]> there = folder.read(name, TELLING_BYTES);
    return there.isPresent() && Arrays.equals(there.get(), telling);
  }

  private void remember() {
    if (sent == 0 && telling.length == 0 && !pieces.isEmpty()) {
      telling = Arrays.copyOf(pieces.get(0), (int) Math.min(TELLING_BYTES, collected));
    }
  }

  private void sendPart() throws ProviderUnavailable {
    remember();
    String id = upload;
    if (id == null) {
      id =
          S3Folder.asked(
              () ->
                  folder
                      .client()
                      .createMultipartUpload(
                          create -> create.bucket(folder.bucket()).key(folder.key(name)))
                      .uploadId());
      upload = id;
    }
    String begun = id;
    int number = parts.size() + 1;
    String tag =
        S3Folder.asked(
            () ->
                folder
                    .client()
                    .uploadPart(
                        part ->
                            part.bucket(folder.bucket())
                                .key(folder.key(name))
                                .uploadId(begun)
                                .partNumber(number),
                        body())
                    .eTag());
    parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    sent += collected;
    collected = 0;
  }

  private boolean completed(String id) throws ProviderUnavailable {
    return S3Folder.askedFor(
            () ->
                folder
                    .client()
                    .completeMultipartUpload(
                        complete ->
                            complete
                                .bucket(folder.bucket())
                                .key(folder.key(name))
                                .uploadId(id)
                                .ifNoneMatch(onCondition ? "*" : null)
                                .multipartUpload(whole -> whole.parts(parts))),
            failure -> failure.isTaken() || failure.isNoUpload())
        .isPresent();
  }

  /** Gives up; where the server does not take that now, the next backup does it (PRV-15). */
  void abort() {
    String id = upload;
    if (id == null) {
      return;
    }
    try {
      S3Folder.asked(
          () ->
              folder
                  .client()
                  .abortMultipartUpload(
                      abort -> abort.bucket(folder.bucket()).key(folder.key(name)).uploadId(id)));
    } catch (ProviderUnavailable later) {
      return;
    }
  }

  private RequestBody body() {
    long length = collected;
    return RequestBody.fromContentProvider(
        () -> stream(length), length, "application/octet-stream");
  }

  private InputStream stream(long length) {
    List<InputStream> streams = new ArrayList<>();
    long left = length;
    for (byte[] piece : pieces) {
      int taken = (int) Math.min(left, piece.length);
      streams.add(new ByteArrayInputStream(piece, 0, taken));
      left -= taken;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
