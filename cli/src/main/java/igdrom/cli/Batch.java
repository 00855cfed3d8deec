package igdrom.cli;

import igdrom.bytes.MalformedImageException;
import igdrom.cli.Inputs.Input;
import igdrom.cli.Inputs.Present;
import igdrom.cli.Inputs.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Does the same with each of several files, on all processors, and prints the results in the order
/// of the files. Results are text when they wait for their turn, so that no more images are in
/// memory than there are processors.
final class Batch {
    private final Console console;
    private final boolean asJson;
    private final FileWork work;

    private Batch(Console console, boolean asJson, FileWork work) {
        this.console = console;
        this.asJson = asJson;
        this.work = work;
    }

    static ExitCode run(Inputs inputs, Console console, boolean json, FileWork work)
            throws IOException {
        Batch batch = new Batch(console, json, work);
        if (inputs.many()) {
            return batch.many(inputs.list());
        }
        Input only = inputs.list().getFirst();
        try (Progress _ = Progress.reading(console, only.name())) {
            return batch.one(0, only, console, json ? Json.document(console.out()) : null);
        }
    }

    private ExitCode many(List<Input> inputs) throws IOException {
        if (asJson) {
            console.out().raw("{\"schema\":" + Json.SCHEMA + ",\"files\":[");
        }
        ExitCode code = ExitCode.OK;
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(processors, Batch::daemon);
        try (Progress progress = Progress.of(console, inputs.size())) {
            ArrayDeque<Future<Result>> window = new ArrayDeque<>();
            int next = 0;
            boolean first = true;
            for (int printed = 0; printed < inputs.size(); printed++) {
                while (next < inputs.size() && window.size() < 4 * processors) {
                    int number = next++;
                    Input input = inputs.get(number);
                    window.add(workers.submit(() -> apart(number, input)));
                }
                Result result = result(window.remove());
                progress.pause();
                print(result, first);
                first &= result.out.length == 0;
                progress.done(printed + 1);
                code = code.worse(result.code);
            }
        } finally {
            workers.shutdownNow();
        }
        if (asJson) {
            console.out().raw("]}\n");
        }
        return code;
    }

    private void print(Result result, boolean first) throws OutputException {
        if (!first && result.out.length > 0) {
            console.out().raw(asJson ? "," : "\n");
        }
        console.out().bytes(result.out, 0, result.out.length).flush();
        console.err().bytes(result.err, 0, result.err.length).flush();
    }

    /// One file with its output kept for later.
    private Result apart(int number, Input input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console apart =
                new Console(console.out().to(out), console.err().to(err), console.terminal());
        ExitCode code = one(number, input, apart, asJson ? Json.fragment(apart.out()) : null);
        return new Result(code, out.toByteArray(), err.toByteArray());
    }

    private ExitCode one(int number, Input input, Console to, @Nullable Json json)
            throws IOException {
        if (json == null) {
            return attempt(number, input, to, null);
        }
        json.text("file", input.name());
        ExitCode code = attempt(number, input, to, json);
        json.close();
        return code;
    }

    private ExitCode attempt(int number, Input input, Console to, @Nullable Json json)
            throws IOException {
        if (input instanceof Refused refused) {
            return failed(refused.name() + ": " + refused.reason(), refused.code(), to, json);
        }
        Present present = (Present) input;
        try {
            return work.run(number, present.path(), to, json);
        } catch (OutputException e) {
            throw e;
        } catch (MalformedImageException e) {
            return failed(String.valueOf(e.getMessage()), ExitCode.MALFORMED, to, json);
        } catch (Failure e) {
            return failed(e.getMessage(), e.code(), to, json);
        } catch (InvalidPathException _) {
            String problem = present.name() + ": " + Reasons.NO_NAME;
            return failed(problem, ExitCode.MACHINE, to, json);
        } catch (IOException e) {
            return failed(Reasons.withFile(e, present.name()), ExitCode.MACHINE, to, json);
        } catch (OutOfMemoryError _) {
            String problem = present.name() + ": " + Main.outOfMemory();
            return failed(problem, ExitCode.MACHINE, to, json);
        }
    }

    private static ExitCode failed(String problem, ExitCode code, Console to, @Nullable Json json)
            throws OutputException {
        Main.complain(to, problem);
        if (json != null) {
            json.text("error", problem).number("exitCode", code.number());
        }
        return code;
    }

    private static Result result(Future<Result> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new Failure(ExitCode.INTERRUPTED, "interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "igdrom-reader");
        thread.setDaemon(true);
        return thread;
    }

    private static final class Result {
        private final ExitCode code;
        private final byte[] out;
        private final byte[] err;

        Result(ExitCode code, byte[] out, byte[] err) {
            this.code = code;
            this.out = out;
            this.err = err;
        }
    }
}
