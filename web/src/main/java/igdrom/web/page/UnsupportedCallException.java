package igdrom.web.page;

import java.util.List;

/// A room reaches classes or methods of the JDK that do not exist in a browser.
public final class UnsupportedCallException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedCallException(List<String> problems) {
        super(
                String.join("\n", problems)
                        + "\nThe page cannot be built: the calls above reach a class or a method of"
                        + " the JDK that TeaVM's class library does not have. Either write the code"
                        + " that calls it without it, or add it to igdrom.web.jdk with a test"
                        + " against the JDK's own, and its class to"
                        + " igdrom.web.jdk.Substitutions (docs/web.md, \"A method is missing\").");
    }
}
