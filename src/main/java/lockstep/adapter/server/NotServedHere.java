package lockstep.adapter.server;

import java.io.IOException;
import lockstep.spec.NonNormative;

/** Nothing was done with a request: another node answers, or none does yet. */
@NonNormative("ExchangeHandler carries it out")
public final class NotServedHere extends IOException {

  private static final long serialVersionUID = 1;

  /** Tells that of one request. */
  public NotServedHere() {
    super("another node leads");
  }
}
