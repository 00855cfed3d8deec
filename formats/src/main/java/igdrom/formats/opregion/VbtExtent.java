package igdrom.formats.opregion;

/// Where the VBT of an OpRegion is.
///
/// @param offset from the start of the OpRegion
/// @param size for the VBT: in mailbox 4 what its own header says, behind it `RVDS`
public record VbtExtent(long offset, long size) {
    /// The VBT is in mailbox 4, not behind the OpRegion.
    public boolean inMailbox4() {
        return offset == Mailbox.VBT.offset();
    }
}
