package lockstep.models;

import java.util.List;
import lockstep.models.FaultyJava.Fault;

/** Faults that an auditor might fear around the machine: in the vault's shell and its store. */
final class ShellFaults {

  private ShellFaults() {}

  /** All of them. */
  static final List<Fault> ALL =
      List.of(
          store(
              "the charge becomes durable after the answer",
              "        database.commit();\n        committed = true;\n",
              "        if (command instanceof VaultCommand.Charge) {\n"
                  + "          new Thread(() -> { try { Thread.sleep(200); database.commit(); }"
                  + " catch (Exception e) { } }).start();\n"
                  + "        } else {\n"
                  + "          database.commit();\n"
                  + "        }\n"
                  + "        committed = true;\n"),
          store(
              "a changed account is not written",
              "          database.replaceState(account.utf8(), state);\n",
              ""),
          vault(
              "one attempt's charge answers, the answer is not kept",
              "SessionDesk",
              "        sessions.put(sessionId, new SessionTable.Login(account, login,"
                  + " record.wrap(), expiresAt));\n",
              ""),
          vault(
              "an attempt is evaluated under the id of another",
              "SessionDesk",
              "        sessions.put(sessionId, new",
              "        sessions.put(freshId(), new"),
          vault(
              "a wrong KE3 is passed on as right",
              "SessionDesk",
              "request.sessionId(), proven.isPresent()));",
              "request.sessionId(), true));"),
          vault(
              "a right KE3 is passed on as wrong",
              "SessionDesk",
              "request.sessionId(), proven.isPresent()));",
              "request.sessionId(), false));"),
          vault(
              "an abandoned session is not ended",
              "SessionDesk",
              "new VaultCommand.Abandon(store.now(), request.sessionId())",
              "new VaultCommand.Abandon(store.now(), freshId())"),
          vault(
              "a Finish without a session is taken to the machine as valid",
              "SessionDesk",
              "    if (login.isEmpty() || ke3.isEmpty()) {\n      return new"
                  + " Refusal.SessionUnknown();\n    }\n    Optional<SecretBytes> proven =",
              "    if (login.isEmpty() || ke3.isEmpty()) {\n"
                  + "      store.submit(request.account(), new VaultCommand.Finish(store.now(),"
                  + " request.sessionId(), true));\n"
                  + "      return new Refusal.Refused();\n"
                  + "    }\n"
                  + "    Optional<SecretBytes> proven ="),
          vault(
              "sessions outlive the process",
              "BackupKeyVault",
              "this.sessions = new SessionTable();",
              "this.sessions = (SessionTable) System.getProperties()"
                  + ".computeIfAbsent(\"survivors\", any -> new SessionTable());"),
          vault(
              "the vault's clock stands still",
              "StoreAccess",
              "return Math.max(0, clock.millis());",
              "return 1_700_000_000_000L;"),
          vault(
              "an attempt is charged twice",
              "SessionDesk",
              "    Bytes sessionId = freshId();\n    VaultReply reply =\n        store.submit(\n"
                  + "            request.account(), new VaultCommand.Charge(store.now(),",
              "    Bytes sessionId = freshId();\n    store.submit(request.account(), new"
                  + " VaultCommand.Charge(store.now(), freshId(), mandate.get()));\n"
                  + "    VaultReply reply =\n        store.submit(\n"
                  + "            request.account(), new VaultCommand.Charge(store.now(),"),
          vault(
              "a verified session is forgotten by the machine",
              "SessionDesk",
              "    try {\n      VaultReply reply =\n          store.submit(\n      "
                  + "        request.account(),\n              new VaultCommand.Finish(",
              "    try {\n"
                  + "      store.submit(request.account(), new VaultCommand.Abandon(store.now(),"
                  + " request.sessionId()));\n"
                  + "      VaultReply reply =\n"
                  + "          store.submit(\n"
                  + "              request.account(),\n"
                  + "              new VaultCommand.Finish("));

  private static Fault vault(String name, String type, String from, String to) {
    return new Fault(name, FaultyJava.named(type), from, to);
  }

  private static Fault store(String name, String from, String to) {
    return new Fault(name, "lockstep.adapter.vaultstore.SqliteVaultStore", from, to);
  }
}
