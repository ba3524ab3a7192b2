package lockstep.adapter.server;

import java.time.Duration;

/**
 * What a service spends on whom before it knows them.
 *
 * @param sending how long a connection may take to bring a request
 * @param connectionsOfAddress open at once
 * @param atWork requests that the vault works on at once
 * @param waiting requests that wait for their account's turn, of one address
 */
public record ServiceLimits(Duration sending, int connectionsOfAddress, int atWork, int waiting) {

  /** The limits of the specification (NET-2). */
  public static final ServiceLimits STANDARD = new ServiceLimits(Duration.ofSeconds(10), 64, 64, 8);
}
