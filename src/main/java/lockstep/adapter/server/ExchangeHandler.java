package lockstep.adapter.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Carries one message to the vault and its reply back. */
@Decides("NET-4")
@Implements({"NET-2~2", "REP-5"})
final class ExchangeHandler extends Handler.Abstract {

  private static final String PATH = "/v1/exchange";
  private static final int MAX_BYTES = lockstep.wire.Request.MAX_BYTES;

  private final VaultClient vault;
  private final OpenConnections connections;
  private final Turns turns;

  ExchangeHandler(VaultClient vault, OpenConnections connections, Turns turns) {
    this.vault = vault;
    this.connections = connections;
    this.turns = turns;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int refusal = refusal(request);
    if (refusal != HttpStatus.OK_200) {
      // What is not read is not to be taken for the next request.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      status(response, refusal, callback);
      return true;
    }
    Content.Source.asByteArrayAsync(
        request,
        MAX_BYTES,
        Promise.Invocable.from(
            InvocationType.BLOCKING,
            message -> answer(message, request, response, callback),
            callback::failed));
    return true;
  }

  private static int refusal(Request request) {
    if (!PATH.equals(request.getHttpURI().getPath())) {
      return HttpStatus.NOT_FOUND_404;
    }
    if (!HttpMethod.POST.is(request.getMethod())) {
      return HttpStatus.METHOD_NOT_ALLOWED_405;
    }
    if (request.getLength() < 0) {
      return HttpStatus.LENGTH_REQUIRED_411;
    }
    return request.getLength() > MAX_BYTES ? HttpStatus.PAYLOAD_TOO_LARGE_413 : HttpStatus.OK_200;
  }

  private void answer(byte[] message, Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    connections.brought(connection);
    Callback answered = Callback.from(callback, () -> connections.answered(connection));
    try {
      Optional<byte[]> reply = turns.inTurn(kind(message, request), () -> vault.exchange(message));
      if (reply.isPresent()) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.write(true, ByteBuffer.wrap(reply.get()), answered);
      } else {
        busy(response, answered);
      }
    } catch (NotServedHere elsewhere) {
      busy(response, answered);
    } catch (IOException cannotAnswer) {
      status(response, HttpStatus.INTERNAL_SERVER_ERROR_500, answered);
    }
  }

  // Whoever knows an account's name must not be able to fill the queue of the one whose it is.
  private static String kind(byte[] message, Request request) {
    String address = RemoteAddress.of(request.getConnectionMetaData().getRemoteSocketAddress());
    return lockstep.wire.Request.decode(message)
        .map(sent -> address + " " + sent.account().text())
        .orElse(address);
  }

  private static void busy(Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
    status(response, HttpStatus.SERVICE_UNAVAILABLE_503, callback);
  }

  private static void status(Response response, int status, Callback callback) {
    response.setStatus(status);
    response.write(true, ByteBuffer.allocate(0), callback);
  }
}
