package igdrom.formats.opregion;

/// The parts of an OpRegion after its header, each of which may be absent.
///
/// Source: Linux, intel_opregion.c, `OPREGION_…_OFFSET` and `MBOX_…`.
public enum Mailbox {
    ACPI(1, 0x100, 0x100, "public ACPI methods"),
    SWSCI(2, 0x200, 0x100, "software SCI"),
    ASLE(3, 0x300, 0x100, "power conservation (ASLE)"),
    VBT(4, 0x400, 0x1800, "VBT"),
    ASLE_EXTENSION(5, 0x1c00, 0x400, "ASLE extension");

    private final int number;
    private final int offset;
    private final int size;
    private final String label;

    Mailbox(int number, int offset, int size, String label) {
        this.number = number;
        this.offset = offset;
        this.size = size;
        this.label = label;
    }

    public int number() {
        return number;
    }

    /// From the start of the OpRegion.
    public int offset() {
        return offset;
    }

    public int size() {
        return size;
    }

    public String label() {
        return label;
    }

    /// The bit of the header's `MBOX`.
    public long bit() {
        return 1L << (number - 1);
    }
}
