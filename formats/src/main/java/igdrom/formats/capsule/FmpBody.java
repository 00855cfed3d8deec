package igdrom.formats.capsule;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What an FMP capsule holds: drivers that take part in the update, and payloads.
///
/// Spec: UEFI 2.11, "EFI_FIRMWARE_MANAGEMENT_CAPSULE_HEADER". An item ends where the next one
/// begins.
///
/// @param raw the whole body of the capsule
/// @param itemsOffset where the list of offsets ends
/// @param items in the order of their offsets
public record FmpBody(
        Image raw,
        long version,
        int driverCount,
        int payloadCount,
        long itemsOffset,
        List<Item> items) {
    /// One of the items.
    ///
    /// @param number its place in the list, from 1 on; the drivers come first
    /// @param offset from the start of the body
    public record Item(int number, boolean driver, long offset, Image raw) {}

    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 8;

    /// Capsules in the field have one or two.
    private static final int MAX_ITEMS = 1000;

    public FmpBody {
        items = List.copyOf(items);
    }

    /// Reads the body that the whole of `body` is. Items with an offset outside of it are left out,
    /// with a finding.
    ///
    /// @throws MalformedImageException when the header makes no sense
    public static FmpBody read(Image body, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(body, location);
        long version = in.u32("Version");
        int drivers = in.u16("EmbeddedDriverCount");
        int payloads = in.u16("PayloadItemCount");
        if (version != VERSION) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            0,
                            String.format("Version is 0x%x, not 0x%x", version, VERSION)));
        }
        if (drivers + payloads > MAX_ITEMS) {
            throw in.malformed(
                    4,
                    String.format(
                            "EmbeddedDriverCount is %d, PayloadItemCount %d: the most is %d",
                            drivers, payloads, MAX_ITEMS));
        }
        List<Item> starts = new ArrayList<>();
        long first = HEADER_SIZE + Long.BYTES * (long) (drivers + payloads);
        for (int i = 0; i < drivers + payloads; i++) {
            long at = in.position();
            long offset = in.u64("ItemOffsetList");
            if (offset < first || offset >= body.size()) {
                diagnostics.add(
                        Diagnostic.broken(
                                location,
                                at,
                                String.format(
                                        "item %d is at 0x%x, it must be within 0x%x and 0x%x",
                                        i + 1, offset, first, body.size())));
            } else {
                starts.add(new Item(i + 1, i < drivers, offset, Image.EMPTY));
            }
        }
        starts.sort(Comparator.comparingLong(Item::offset));
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            Item item = starts.get(i);
            boolean last = i + 1 == starts.size();
            long end = last ? body.size() : starts.get(i + 1).offset;
            Image raw = body.slice(item.offset, end - item.offset);
            if (raw.isEmpty()) {
                diagnostics.add(
                        Diagnostic.odd(
                                location,
                                item.offset,
                                String.format("item %d begins where another does", item.number)));
            } else {
                items.add(new Item(item.number, item.driver, item.offset, raw));
            }
        }
        return new FmpBody(body, version, drivers, payloads, first, items);
    }

    /// The body of a capsule with these items.
    public static FmpBody of(List<Image> drivers, List<Image> payloads) {
        List<Image> all = new ArrayList<>(drivers);
        all.addAll(payloads);
        Emitter out = new Emitter().u32(VERSION).u16(drivers.size()).u16(payloads.size());
        long at = HEADER_SIZE + Long.BYTES * (long) all.size();
        for (Image item : all) {
            out.u64(at);
            at += item.size();
        }
        all.forEach(out::image);
        return read(out.toImage(), Location.root("body"), new Diagnostics());
    }

    public void write(Emitter out) {
        out.image(raw);
    }
}
