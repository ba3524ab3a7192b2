package lockstep.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * One numbered clause of the spec.
 *
 * @param id such as {@code LIM-3}
 * @param bound whom it binds; empty for a withdrawn one
 * @param demanded the kinds of evidence that the clause asks for; empty for a withdrawn one
 * @param normativeText the paragraphs that bind, in Markdown
 * @param badInput what an input outside the clause gets; may be empty
 * @param rationale why; may be empty; not part of the hash
 * @param file path relative to the project
 * @param line of the heading, counted from 1
 */
record Clause(
    String id,
    int revision,
    ClauseStatus status,
    Set<Addressee> bound,
    Set<EvidenceKind> demanded,
    String title,
    String normativeText,
    String badInput,
    String rationale,
    String file,
    int line) {

  /** How code cites this clause. */
  String citation() {
    return id + "~" + revision;
  }

  /** The letters before the number. */
  String series() {
    return id.substring(0, id.indexOf('-'));
  }

  /**
   * SHA-256, in hex, of title, text and bad input with every run of white space as one space, so
   * that a rewrapped clause keeps its hash and a reworded one does not.
   */
  String hash() {
    String text = title + "\n" + normalised(normativeText) + "\n" + normalised(badInput);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String normalised(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
