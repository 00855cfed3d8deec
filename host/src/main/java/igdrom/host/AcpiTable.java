package igdrom.host;

/// One of the tables that the firmware gives to the operating system.
///
/// @param name such as `DSDT`, with a number after it where there are several
/// @param definition what is in it; known of DSDT and SSDT only, whose contents root can read
public record AcpiTable(String name, Fact<Definition> definition) {
    /// What is recorded of a table with code.
    ///
    /// @param size of the whole table
    /// @param maker who made it (OEM ID)
    /// @param table the maker's name for it (OEM Table ID)
    /// @param graphics whether its code names a device `GFX0`, as Intel's firmware calls the IGD
    /// @param rom whether its code names `_ROM`, with which firmware hands out the ROM of a GPU
    public record Definition(
            long size, String maker, String table, boolean graphics, boolean rom) {}
}
