package igdrom.fetch.testing;

import igdrom.fetch.ProgressListener;

/// Shows nothing.
public final class QuietProgress implements ProgressListener {
    @Override
    public void step(String description) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void note(String text) {}
}
