package igdrom.web.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tab of the browser.
public final class Tab implements AutoCloseable {
    private final Connection connection;
    private final String target;
    private final String session;

    /// Events before this number are not of this tab.
    private int firstEvent;

    Tab(Connection connection, String target, String session) {
        this.connection = connection;
        this.target = target;
        this.firstEvent = connection.events().size();
        this.session = session;
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Network.enable", Map.of());
        call("Log.enable", Map.of());
        // Workers report their requests too.
        call(
                "Target.setAutoAttach",
                Map.of("autoAttach", true, "waitForDebuggerOnStart", false, "flatten", true));
    }

    private Message call(String method, Map<String, ?> parameters) {
        return connection.call(session, method, parameters);
    }

    /// Opens a file, without any network.
    public void open(Path page) throws InterruptedException {
        call(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        true,
                        "latency",
                        0,
                        "downloadThroughput",
                        0,
                        "uploadThroughput",
                        0));
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        await("document.readyState === 'complete' && !!window.igdrom");
    }

    /// Connects the tab to the network again.
    public void goOnline() {
        call(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline", false,
                        "latency", 0,
                        "downloadThroughput", -1,
                        "uploadThroughput", -1));
    }

    /// Runs a script before those of the pages that are opened from now on.
    public void beforeLoading(String script) {
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /// Requests so far are no longer reported.
    public void forgetRequests() {
        firstEvent = connection.events().size();
    }

    @Override
    public void close() {
        connection.call("", "Target.closeTarget", Map.of("targetId", target));
    }

    private List<Message> events() {
        List<Message> all = connection.events();
        return all.subList(Math.min(firstEvent, all.size()), all.size());
    }

    /// The value of an expression of JavaScript, or of its promise.
    ///
    /// @throws IllegalStateException with what the script threw
    public String evaluate(String expression) {
        Message result =
                call(
                        "Runtime.evaluate",
                        Map.of(
                                "expression", expression,
                                "awaitPromise", true,
                                "returnByValue", true,
                                "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(
                    result.object("exceptionDetails").object("exception").text("description"));
        }
        return result.object("result").text("value");
    }

    /// Waits until an expression is true.
    public void await(String condition) throws InterruptedException {
        long end = System.nanoTime() + 300_000_000_000L;
        while (!evaluate("!!(" + condition + ")").equals("true")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never true: " + condition);
            }
            Thread.sleep(20);
        }
    }

    /// Chooses files as a user does in the dialogue of a browser.
    public void choose(String selector, List<Path> files) {
        Message document = call("DOM.getDocument", Map.of()).object("root");
        Message node =
                call(
                        "DOM.querySelector",
                        Map.of("nodeId", document.number("nodeId"), "selector", selector));
        List<String> paths = files.stream().map(file -> file.toAbsolutePath().toString()).toList();
        call("DOM.setFileInputFiles", Map.of("nodeId", node.number("nodeId"), "files", paths));
    }

    /// Drags files over the page and drops them.
    public void drop(List<Path> files, int x, int y) {
        List<String> paths = files.stream().map(file -> file.toAbsolutePath().toString()).toList();
        Map<String, Object> data =
                Map.of("items", List.of(), "files", paths, "dragOperationsMask", 1);
        for (String type : List.of("dragEnter", "dragOver", "drop")) {
            call("Input.dispatchDragEvent", Map.of("type", type, "x", x, "y", y, "data", data));
        }
    }

    /// Presses a key such as `Tab`, `Enter` or `ArrowDown`.
    public void press(String key) {
        int code =
                switch (key) {
                    case "Tab" -> 9;
                    case "Enter" -> 13;
                    case " " -> 32;
                    case "ArrowDown" -> 40;
                    default -> throw new IllegalArgumentException(key);
                };
        Map<String, Object> down = new LinkedHashMap<>();
        down.put("type", "keyDown");
        down.put("key", key);
        down.put("code", key.equals(" ") ? "Space" : key);
        down.put("windowsVirtualKeyCode", code);
        if (key.equals("Enter")) {
            down.put("text", "\r");
        } else if (key.equals(" ")) {
            down.put("text", " ");
        }
        call("Input.dispatchKeyEvent", down);
        down.remove("text");
        down.put("type", "keyUp");
        call("Input.dispatchKeyEvent", down);
    }

    public void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /// Saves downloads in a directory under their names.
    public void downloadTo(Path directory) {
        connection.call(
                "",
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "downloadPath", directory.toAbsolutePath().toString()));
    }

    /// The size of the window and the colour scheme.
    public void show(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        dark ? "dark" : "light"))));
    }

    /// A picture of the whole page as PNG.
    public byte[] screenshot() {
        Message picture =
                call(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode(picture.text("data"));
    }

    /// The addresses of all requests so far, of workers too.
    public List<String> requests() {
        List<String> requests = new ArrayList<>();
        for (Message event : events()) {
            if (event.text("method").equals("Network.requestWillBeSent")) {
                requests.add(event.object("params").object("request").text("url"));
            }
        }
        return requests;
    }

    /// What scripts and the browser complained about.
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Message event : events()) {
            String method = event.text("method");
            if (method.equals("Runtime.exceptionThrown")) {
                complaints.add(
                        event.object("params").object("exceptionDetails").members().toString());
            } else if (method.equals("Log.entryAdded")) {
                complaints.add(event.object("params").object("entry").text("text"));
            } else if (method.equals("Inspector.targetCrashed")) {
                complaints.add("the tab crashed");
            }
        }
        return complaints;
    }
}
