package igdrom.rom;

/// The parts do not fit into a ROM: its BAR has at most [RomParts#MAX_SIZE] bytes.
public final class RomTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RomTooLargeException(long size) {
        super(
                String.format(
                        "the ROM would have 0x%x bytes, the maximum is 0x%x",
                        size, RomParts.MAX_SIZE));
    }
}
