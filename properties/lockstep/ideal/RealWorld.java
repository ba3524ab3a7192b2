package lockstep.ideal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lockstep.ideal.Step.Who;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.LoginResult;
import lockstep.secret.Password;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** Schedules as they go with the product: its vault, devices, provider and files. */
final class RealWorld implements World, AutoCloseable {

  private static final int KE3_BYTES = 32;

  private final RealSite site;
  private final Path home;
  private final AccountName account;
  private final RealNetwork network;
  private final RealProvider provider;
  private final Map<Who, RealDevice> devices = new EnumMap<>(Who.class);
  private final Deque<Held> held = new ArrayDeque<>();
  private int messages;
  private int tablets;

  private record Held(Bytes sessionId, Optional<Bytes> ke3) {}

  private RealWorld(RealSite site, Path home, AccountName account, List<Path> providerStates) {
    this.site = site;
    this.home = home;
    this.account = account;
    this.network = new RealNetwork(site, this::attempt);
    this.provider = new RealProvider(home, providerStates);
    devices.put(Who.PHONE, device("phone"));
    devices.put(Who.TABLET, device("tablet"));
  }

  /** Nobody has enrolled. */
  static RealWorld empty(RealSite site) {
    Path home = home(site);
    return new RealWorld(
        site, home, site.newAccount(), List.of(RealProvider.empty(home.resolve("first"))));
  }

  /** As it was after somebody enabled backups and made one. */
  static RealWorld from(Image image) {
    Path home = home(image.site());
    image.site().putRow(image.account(), image.row().toArray());
    RealWorld world = new RealWorld(image.site(), home, image.account(), image.states());
    world.devices.put(Who.PHONE, world.deviceFrom(image.home().resolve("phone")));
    world.messages = image.messages();
    return world;
  }

  /** What all disks hold at one moment. */
  record Image(
      RealSite site, Path home, AccountName account, Bytes row, List<Path> states, int messages) {}

  Image image() {
    return new Image(
        site, home, account, Bytes.copyOf(site.row(account)), provider.states(), messages);
  }

  private static Path home(RealSite site) {
    site.begin();
    try {
      return Files.createTempDirectory(site.directory, "schedule");
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private RealDevice device(String name) {
    return new RealDevice(site, RealProvider.empty(home.resolve(name)), account, network, provider);
  }

  private RealDevice deviceFrom(Path disk) {
    Path copy = home.resolve("phone");
    Trees.copyInto(disk, copy);
    return new RealDevice(site, copy, account, network, provider);
  }

  @Override
  public String play(Step step) {
    if (step instanceof Step.Enrol it) {
      return command(it, it.who(), () -> devices.get(it.who()).enrol(it.password()));
    }
    if (step instanceof Step.Restore it) {
      devices.put(Who.TABLET, device("tablet" + tablets++));
      return command(
          it, Who.TABLET, () -> devices.get(Who.TABLET).restore(it.password(), it.lie()));
    }
    if (step instanceof Step.Change it) {
      return command(it, it.who(), () -> devices.get(it.who()).change(it.previous(), it.next()));
    }
    if (step instanceof Step.BackUp it) {
      messages++;
      return kept(command(it, it.who(), () -> devices.get(it.who()).backUp("message " + messages)));
    }
    if (step instanceof Step.Rotate it) {
      return kept(command(it, it.who(), () -> devices.get(it.who()).rotate(it.password())));
    }
    if (step instanceof Step.Disable it) {
      return kept(command(it, it.who(), () -> devices.get(it.who()).disable(it.deleteBackup())));
    }
    if (step instanceof Step.Contact it) {
      return command(it, it.who(), () -> devices.get(it.who()).contact());
    }
    return playAdversary(step);
  }

  private String playAdversary(Step step) {
    if (step instanceof Step.Spend it) {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < it.attempts(); i++) {
        seen.add(site.words(Moment.ATTEMPT, sendAttempt(site.anyKe1)));
      }
      return seen.toString();
    }
    if (step instanceof Step.Hold it) {
      return hold(it.password());
    }
    if (step instanceof Step.FinishHeld) {
      return held.isEmpty() ? "nothing was kept" : finish(held.remove());
    }
    if (step instanceof Step.Replay it) {
      return network.replay(it.moment());
    }
    if (step instanceof Step.StartAfresh it) {
      Authority token = site.token(account);
      Request request =
          it.complete()
              ? Request.authorised(any -> new Request.CompleteRestart(account, any), part -> token)
              : Request.authorised(any -> new Request.Restart(account, any), part -> token);
      return site.words(Moment.STATUS, network.send(site.message(request)));
    }
    if (step instanceof Step.Wait it) {
      site.pass(it.seconds());
    } else {
      site.restartVault();
    }
    return "";
  }

  private void attempt() {
    sendAttempt(site.anyKe1);
  }

  private Reply sendAttempt(Bytes ke1) {
    Authority token = site.token(account);
    Request request =
        Request.authorised(any -> new Request.Attempt(account, ke1, any), part -> token);
    return network.send(site.message(request));
  }

  private String hold(String typed) {
    try (Password password = RealSite.password(typed);
        ClientLogin login = ClientLogin.start(password, ClientRandomness.from(site.random))) {
      Reply reply = sendAttempt(Bytes.copyOf(login.request().encode()));
      if (reply instanceof Reply.Evaluated evaluated) {
        held.add(new Held(evaluated.sessionId(), ke3(login, evaluated)));
      }
      return site.words(Moment.ATTEMPT, reply);
    }
  }

  private Optional<Bytes> ke3(ClientLogin login, Reply.Evaluated evaluated) {
    OpaqueIdentities identities =
        OpaqueIdentities.of(account.utf8(), site.connection(network).vaultId().value().toArray());
    var stretching = RealSite.CHEAP.bounds().stretching(RealSite.CHEAP.parameters()).orElseThrow();
    LoginResult result = login.finish(evaluated.ke2().toArray(), identities, stretching);
    if (result instanceof LoginResult.Authenticated authenticated) {
      try (authenticated) {
        return Optional.of(Bytes.copyOf(authenticated.ke3().encode()));
      }
    }
    return Optional.empty();
  }

  private String finish(Held kept) {
    Request request =
        new Request.Finish(account, kept.sessionId(), kept.ke3().orElse(Bytes.zero(KE3_BYTES)));
    return site.words(Moment.FINISH, network.send(site.message(request)));
  }

  private String command(Step step, Who who, Supplier<String> command) {
    network.begin(step.fate());
    try {
      String outcome = command.get();
      return Words.told(outcome, devices.get(who).tell());
    } catch (RealNetwork.Crash crash) {
      return "Crashed";
    }
  }

  private String kept(String outcome) {
    provider.keepState();
    return outcome;
  }

  @Override
  public String standing() {
    Reply looked = look();
    if (looked instanceof Refusal.Refused) {
      // The clock was set back by more than a token lives; the vault's operator starts it again.
      site.restartVault();
      looked = look();
    }
    Reply.StatusReport told = (Reply.StatusReport) looked;
    return Words.standing(
        told.record().toString(),
        told.charges(),
        told.round(),
        site.asStory(told.lockedUntil()),
        site.asStory(told.restartAt()),
        told.markNumber());
  }

  private Reply look() {
    Authority token = site.token(account);
    return network.send(
        site.message(Request.authorised(any -> new Request.Status(account, any), part -> token)));
  }

  /** Everything that network and provider have seen, as text of one character a byte. */
  String whatTheyHaveSeen() {
    StringBuilder seen =
        new StringBuilder(new String(network.transcript(), StandardCharsets.ISO_8859_1));
    for (Path file : Trees.files(provider.directory())) {
      seen.append(new String(Trees.read(file), StandardCharsets.ISO_8859_1));
    }
    return seen.toString();
  }

  /** The root keys that devices hold now. */
  List<byte[]> rootKeys() {
    return devices.values().stream().flatMap(device -> device.rootKey().stream()).toList();
  }

  @Override
  public void close() {
    Trees.delete(home);
  }
}
