package igdrom.firmware.gop;

/// One piece of content by which an executable was identified.
///
/// @param offset from the executable's start
/// @param what a phrase such as `table of 28 device ids`
public record Evidence(long offset, String what) {
    @Override
    public String toString() {
        return what + " at 0x" + Long.toHexString(offset);
    }
}
