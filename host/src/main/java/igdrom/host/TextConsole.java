package igdrom.host;

/// What can show the text of the kernel's virtual terminals.
///
/// @param name such as `vtcon1`
/// @param driver such as `frame buffer device` or `dummy device`
/// @param bound whether terminals are shown on it
public record TextConsole(String name, String driver, boolean bound) {
    /// Whether it draws on a framebuffer.
    public boolean isFramebuffer() {
        return driver.equals("frame buffer device");
    }
}
