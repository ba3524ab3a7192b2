package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** What a report proves of the receipts since the one that a device knows: RCP-4. */
@Implements("CNF-12")
final class ChainMessages {

  private static final int MOST = Reply.StatusReport.MAX_RECEIPT_HASHES;

  private final List<MessageCase> cases = new ArrayList<>();

  private ChainMessages() {}

  static List<MessageCase> all() {
    ChainMessages messages = new ChainMessages();
    messages.cases.add(
        MessageCase.of(
            "a-chain-of-64-receipts",
            "RCP-4~1",
            "the hashes since the newest receipt, since the oldest that is kept, and one before",
            ChainMessages::chain));
    messages.cases.add(
        MessageCase.of(
            "a-receipt-that-never-was",
            "RCP-4~1",
            "the hashes since a receipt that is not the account's, which tell it as another"
                + " vault's",
            ChainMessages::foreign));
    return messages.cases;
  }

  private static void chain(KitDevice device) {
    device.enrolled();
    for (int number = 1; device.talk.receipts(device.account).size() < MOST + 1; number++) {
      device.talk.expect(Reply.Marked.class, device.markRequest(number, 1, device.signature()));
    }
    List<Receipt> known = device.talk.receipts(device.account);
    expect(device, known, known.size() - 1);
    expect(device, known, known.size() - MOST);
    expect(device, known, known.size() - MOST - 1);
  }

  /** The hashes from that receipt on, where the vault has to keep them all, and none otherwise. */
  private static void expect(KitDevice device, List<Receipt> known, int from) {
    List<Bytes> hashes =
        known.subList(from, known.size()).stream().map(receipt -> receipt.body().hash()).toList();
    Receipt.Body first = known.get(from).body();
    Request.Status asked = since(device, first.sequence(), first.hash());
    Reply.StatusReport report = device.talk.expect(Reply.StatusReport.class, asked);
    List<Bytes> wanted = hashes.size() > MOST ? List.of() : hashes;
    device.talk.check(
        report.receiptHashes().equals(wanted),
        asked,
        report,
        "receiptHashes",
        wanted.size() + " hashes");
  }

  private static void foreign(KitDevice device) {
    Receipt known = WireMessages.newest(device.enrolled());
    Bytes other = device.talk.randomBytes(32);
    Request.Status asked = since(device, known.body().sequence(), other);
    Reply.StatusReport report = device.talk.expect(Reply.StatusReport.class, asked);
    device.talk.check(
        !report.receiptHashes().contains(other) && report.receiptHash().equals(known.body().hash()),
        asked,
        report,
        "receiptHashes",
        "not the hash that the vault was sent");
  }

  private static Request.Status since(KitDevice device, long sequence, Bytes hash) {
    return Request.authorised(
        any -> new Request.Status(device.account, sequence, hash, any), device.token());
  }
}
