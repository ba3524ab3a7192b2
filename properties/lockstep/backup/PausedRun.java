package lockstep.backup;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.run.BackupRun;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.run.SourceTree;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.BackupStorage.Listed;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.ObjectName;
import lockstep.models.SteppedThread;

/** One backup on its way: it stops before each thing that outlives it. */
final class PausedRun {

  /** Where it stops. */
  enum Place {
    DATA,
    MANIFEST,
    NOTE,
    HEAD,
    MARK,
    REMOVAL,
    END
  }

  private final SteppedThread thread;
  private volatile Place place = Place.END;
  private volatile boolean notingNext;
  private volatile Optional<ObjectName> name = Optional.empty();
  private volatile MarkSetter.Result result = MarkSetter.Result.PENDING;
  private Supplier<List<ObjectName>> removals = List::of;

  PausedRun(World world, SourceTree source) {
    BackupStorage storage = world.storage;
    BackupNotes notes = world.notes;
    BackupRun run =
        new BackupRun(
                pausing(storage), pausing(notes), world.random, InstantSource.fixed(World.NOW))
            .acceptingChanges();
    thread = new SteppedThread(() -> back(run, world, source));
  }

  private void back(BackupRun run, World world, SourceTree source) {
    try {
      run.run(world.keys, source, world.known, mark -> mark(world, mark), Progress.NONE);
    } catch (IOException ended) {
      // It died or was refused: either way it has come to its end.
    }
    place = Place.END;
  }

  void begin() {
    thread.begin();
  }

  void goOn() {
    thread.goOn();
  }

  /** Where it stands now. */
  Place place() {
    return place;
  }

  /** The object that it is about to store. */
  ObjectName name() {
    return name.orElseThrow();
  }

  /** The vault will answer. */
  void markIsSet() {
    result = MarkSetter.Result.SET;
  }

  /** The order in which the provider lists what may go. */
  void removing(Supplier<List<ObjectName>> order) {
    removals = order;
  }

  /** The device's process ends. */
  void die() throws InterruptedException {
    thread.die();
  }

  private MarkSetter.Result mark(World world, BackupMark mark) throws IOException {
    world.known = new BackupRun.Known(Optional.of(mark), world.known.floorNumber(), 0, false);
    pause(Place.MARK);
    return result;
  }

  private void pause(Place at) throws ProviderUnavailable {
    place = at;
    if (!thread.pause()) {
      throw new ProviderUnavailable("the device died");
    }
  }

  private BackupStorage pausing(BackupStorage storage) {
    return proxy(
        BackupStorage.class,
        storage,
        (method, arguments) -> {
          switch (method) {
            case "put" -> {
              name = Optional.of((ObjectName) arguments[1]);
              pause(notingNext ? Place.MANIFEST : Place.DATA);
            }
            case "addHead" -> pause(Place.HEAD);
            case "remove" -> pause(Place.REMOVAL);
            default -> {}
          }
        });
  }

  private BackupNotes pausing(BackupNotes notes) {
    return proxy(
        BackupNotes.class,
        notes,
        (method, arguments) ->
            notingNext |= method.equals("write") && arguments[1] == BackupNotes.Note.NEXT);
  }

  private interface Before {
    void call(String method, Object[] arguments) throws IOException;
  }

  private <T> T proxy(Class<T> type, T behind, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              before.call(method.getName(), arguments);
              try {
                return shown(method.getName(), method.invoke(behind, arguments));
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  @SuppressWarnings("unchecked")
  private Object shown(String method, Object given) {
    if (method.equals("list")) {
      Map<ObjectName, Listed> left = new LinkedHashMap<>((Map<ObjectName, Listed>) given);
      Map<ObjectName, Listed> ordered = new LinkedHashMap<>();
      removals.get().stream()
          .filter(left::containsKey)
          .forEach(one -> ordered.put(one, left.remove(one)));
      ordered.putAll(left);
      return ordered;
    }
    return given instanceof BackupNotes.Sink sink && notingNext
        ? proxy(
            BackupNotes.Sink.class,
            sink,
            (called, arguments) -> {
              if (called.equals("sync")) {
                pause(Place.NOTE);
              }
            })
        : given;
  }
}
