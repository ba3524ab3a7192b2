package lockstep.device.vault;

import java.util.Optional;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.VaultBinding;
import lockstep.keys.RootKey;
import lockstep.spec.Implements;

/** What a login brought: the root key, the session, and what the vault said of record and mark. */
@Implements("SES-8")
public final class OpenedRecord implements AutoCloseable {

  private final RootKey rootKey;
  private final LiveSession session;
  private final VaultBinding binding;
  private final Optional<FreshnessMark> mark;

  /** Takes over key and session. */
  OpenedRecord(
      RootKey rootKey, LiveSession session, VaultBinding binding, Optional<FreshnessMark> mark) {
    this.rootKey = rootKey;
    this.session = session;
    this.binding = binding;
    this.mark = mark;
  }

  RootKey rootKey() {
    return rootKey;
  }

  public LiveSession session() {
    return session;
  }

  public VaultBinding binding() {
    return binding;
  }

  Optional<FreshnessMark> mark() {
    return mark;
  }

  @Override
  public void close() {
    rootKey.close();
    session.close();
  }
}
