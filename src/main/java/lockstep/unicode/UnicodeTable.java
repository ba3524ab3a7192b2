package lockstep.unicode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one frozen version of Unicode that passwords and names depend on, read from a
 * table of the spec. Nothing here asks the JVM about a code point: each JDK knows another version
 * of Unicode.
 */
final class UnicodeTable {

  /** The table's file, a part of the spec; its head says how it is made and checked. */
  static final String FILE = "/lockstep/spec/unicode/unicode-16.0.0.txt";

  private final Map<String, Ranges> properties = new HashMap<>();
  private final Map<Integer, int[]> decompositions = new HashMap<>();
  private final Map<Long, Integer> compositions = new HashMap<>();
  private final Map<Integer, int[]> foldings = new HashMap<>();

  private UnicodeTable() {}

  /** The table, read when it is first needed. */
  static UnicodeTable frozen() {
    return Frozen.TABLE;
  }

  /** Whether {@code point} has the property {@code name}. */
  boolean has(String name, int point) {
    return value(name, point) != 0;
  }

  /** The class by which combining marks are put in order; 0 for all that stay where they are. */
  int combiningClass(int point) {
    return value("combining", point);
  }

  /** What {@code point} is made of, one step; null where it is made of nothing else. */
  int @Nullable [] decomposition(int point) {
    return decompositions.get(point);
  }

  /** What the two make together, or −1. */
  int composition(int first, int second) {
    return compositions.getOrDefault(pair(first, second), -1);
  }

  /** What {@code point} becomes where case is folded; itself where it has no case. */
  int[] folding(int point) {
    int[] folded = foldings.get(point);
    return folded == null ? new int[] {point} : folded;
  }

  private int value(String name, int point) {
    Ranges ranges = properties.get(name);
    if (ranges == null) {
      throw new IllegalArgumentException("the table has no property " + name);
    }
    return ranges.at(point);
  }

  private static long pair(int first, int second) {
    return ((long) first << 32) | second;
  }

  private static UnicodeTable read() {
    try (InputStream stream = UnicodeTable.class.getResourceAsStream(FILE)) {
      if (stream == null) {
        throw new IllegalStateException("the build lacks " + FILE);
      }
      UnicodeTable table = new UnicodeTable();
      Map<String, List<int[]>> collected = new HashMap<>();
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && line.charAt(0) != '#') {
          table.take(line.split(" ", -1), collected);
        }
      }
      collected.forEach((name, ranges) -> table.properties.put(name, new Ranges(ranges)));
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String[] words, Map<String, List<int[]>> collected) {
    switch (words[0]) {
      case "made" -> decompositions.put(hex(words[1]), parts(words));
      case "folds" -> foldings.put(hex(words[1]), parts(words));
      case "makes" -> {
        int[] parts = parts(words);
        decompositions.put(hex(words[1]), parts);
        compositions.put(pair(parts[0], parts[1]), hex(words[1]));
      }
      default -> {
        String[] ends = words[1].split("\\.\\.", -1);
        int value = words.length > 2 ? Integer.parseInt(words[2]) : 1;
        collected
            .computeIfAbsent(words[0], name -> new ArrayList<>())
            .add(new int[] {hex(ends[0]), hex(ends[ends.length - 1]), value});
      }
    }
  }

  private static int[] parts(String[] words) {
    int[] parts = new int[words.length - 2];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = hex(words[i + 2]);
    }
    return parts;
  }

  private static int hex(String digits) {
    return Integer.parseInt(digits, 16);
  }

  /** Ranges in order, each with a value. */
  private static final class Ranges {
    private final int[] firsts;
    private final int[] lasts;
    private final int[] values;

    Ranges(List<int[]> ranges) {
      firsts = column(ranges, 0);
      lasts = column(ranges, 1);
      values = column(ranges, 2);
    }

    private static int[] column(List<int[]> ranges, int index) {
      return ranges.stream().mapToInt(range -> range[index]).toArray();
    }

    /** The value at {@code point}, or 0 outside of all ranges. */
    int at(int point) {
      int low = 0;
      int high = firsts.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        if (point < firsts[middle]) {
          high = middle - 1;
        } else if (point > lasts[middle]) {
          low = middle + 1;
        } else {
          return values[middle];
        }
      }
      return 0;
    }
  }

  /** Read once, by whoever is first. */
  private static final class Frozen {
    private static final UnicodeTable TABLE = read();
  }
}
