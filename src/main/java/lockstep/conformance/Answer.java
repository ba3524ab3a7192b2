package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;

/** What came of one request to a testee. */
@Implements("CNF-3")
public sealed interface Answer {

  /** Calls the function of this case. */
  <R> R match(
      Function<? super Result, ? extends R> result,
      Function<? super Rejected, ? extends R> rejected,
      Function<? super Failed, ? extends R> failed,
      Function<? super Broken, ? extends R> broken);

  /** The answer as the protocol writes it; a {@link Broken} one, which it cannot, by its fault. */
  default ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return match(
        result -> json.set("result", result.value()),
        rejected -> {
          json.put("rejected", rejected.outcome());
          return rejected.detail().isEmpty() ? json : json.set("detail", rejected.detail());
        },
        failed -> json.put("error", failed.reason()),
        broken -> json.put(broken.fault().jsonName(), broken.detail()));
  }

  /**
   * Carried out.
   *
   * @param value the operation's result, an object
   */
  record Result(JsonNode value) implements Answer {

    @Override
    public <R> R match(
        Function<? super Result, ? extends R> result,
        Function<? super Rejected, ? extends R> rejected,
        Function<? super Failed, ? extends R> failed,
        Function<? super Broken, ? extends R> broken) {
      return result.apply(this);
    }
  }

  /**
   * Refused, with an outcome that the spec names.
   *
   * @param outcome the name
   * @param detail what the outcome tells besides, an object; often empty
   */
  record Rejected(String outcome, JsonNode detail) implements Answer {

    /** A rejection that tells nothing but its name. */
    @NonNormative("a shorter form")
    public Rejected(String outcome) {
      this(outcome, JsonNodeFactory.instance.objectNode());
    }

    @Override
    public <R> R match(
        Function<? super Result, ? extends R> result,
        Function<? super Rejected, ? extends R> rejected,
        Function<? super Failed, ? extends R> failed,
        Function<? super Broken, ? extends R> broken) {
      return rejected.apply(this);
    }
  }

  /**
   * The request was no request: unknown operation, missing field, text that is not hex.
   *
   * @param reason for people
   */
  record Failed(String reason) implements Answer {

    @Override
    public <R> R match(
        Function<? super Result, ? extends R> result,
        Function<? super Rejected, ? extends R> rejected,
        Function<? super Failed, ? extends R> failed,
        Function<? super Broken, ? extends R> broken) {
      return failed.apply(this);
    }
  }

  /**
   * No answer came, or none that is one.
   *
   * @param fault what happened
   * @param detail for people
   */
  record Broken(Fault fault, String detail) implements Answer {

    @Override
    public <R> R match(
        Function<? super Result, ? extends R> result,
        Function<? super Rejected, ? extends R> rejected,
        Function<? super Failed, ? extends R> failed,
        Function<? super Broken, ? extends R> broken) {
      return broken.apply(this);
    }
  }

  /** How a testee can break. */
  enum Fault {
    /** The process ended, or the testee threw. */
    CRASH("crash"),
    /** No answer within the time limit. */
    HANG("hang"),
    /** A line that is no answer to the request. */
    GARBAGE("garbage");

    private final String jsonName;

    Fault(String jsonName) {
      this.jsonName = jsonName;
    }

    String jsonName() {
      return jsonName;
    }
  }
}
