package igdrom.firmware.gop;

/// One thing in an executable that says what it is.
///
/// @param offset from the executable's start
/// @param what a phrase such as `table of 28 device ids`
public record Evidence(long offset, String what) {
    @Override
    public String toString() {
        return what + " at 0x" + Long.toHexString(offset);
    }
}
