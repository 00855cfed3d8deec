package igdrom.formats.capsule;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The body of an FMP capsule: drivers that take part in the update, and payloads.
///
/// Spec: UEFI 2.11, "EFI_FIRMWARE_MANAGEMENT_CAPSULE_HEADER". An item ends where the next one
/// starts.
///
/// @param raw the whole body of the capsule
/// @param itemsOffset of the first byte after the list of offsets
/// @param items by offset
public record FmpBody(
        Image raw,
        long version,
        int driverCount,
        int payloadCount,
        long itemsOffset,
        List<Item> items) {
    /// A driver or a payload.
    ///
    /// @param number in the list of offsets, starting with 1; drivers come first
    /// @param offset from the start of the body
    public record Item(int number, boolean driver, long offset, Image raw) {}

    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 8;

    /// Real capsules have one or two.
    private static final int MAX_ITEMS = 1000;

    public FmpBody {
        items = List.copyOf(items);
    }

    /// Reads the body of a capsule. Items with an invalid offset are skipped with a diagnostic.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static FmpBody read(Image body, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(body, location);
        long version = in.u32("Version");
        int drivers = in.u16("EmbeddedDriverCount");
        int payloads = in.u16("PayloadItemCount");
        if (version != VERSION) {
            diagnostics.odd(location, 0, "Version is 0x%x, expected 0x%x", version, VERSION);
        }
        int count = drivers + payloads;
        if (count > MAX_ITEMS) {
            throw new MalformedImageException(
                    location,
                    4,
                    "EmbeddedDriverCount and PayloadItemCount add up to %d, the maximum is %d",
                    count,
                    MAX_ITEMS);
        }
        List<Item> starts = new ArrayList<>();
        long first = HEADER_SIZE + Long.BYTES * (long) count;
        for (int i = 0; i < count; i++) {
            long at = in.position();
            long offset = in.u64("ItemOffsetList");
            if (offset < first || offset >= body.size()) {
                diagnostics.broken(
                        location,
                        at,
                        "offset of item %d is 0x%x, expected 0x%x to 0x%x",
                        i + 1,
                        offset,
                        first,
                        body.size() - 1);
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
                diagnostics.odd(
                        location,
                        item.offset,
                        "item %d has the same offset as another item",
                        item.number);
            } else {
                items.add(new Item(item.number, item.driver, item.offset, raw));
            }
        }
        return new FmpBody(body, version, drivers, payloads, first, items);
    }

    /// Builds the body of a capsule with these items.
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
