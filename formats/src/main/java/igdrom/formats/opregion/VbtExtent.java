package igdrom.formats.opregion;

/// Offset and size of the VBT of an OpRegion.
///
/// @param offset from the start of the OpRegion
/// @param size according to the VBT's header in mailbox 4, else to `RVDS`
public record VbtExtent(long offset, long size) {
    /// Whether the VBT is in mailbox 4.
    public boolean inMailbox4() {
        return offset == Mailbox.VBT.offset();
    }
}
