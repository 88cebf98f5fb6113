package io.fizeau.transports.link;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** A process that starts a child in a namespace and waits for it: what a test kills to see what stays behind. */
public final class LinkStarter {
    private LinkStarter() {}

    /** Arguments: those of {@link LinkChild}. */
    public static void main(final String[] args) throws Exception {
        final Process process = LinkProcess.start(args);
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            process.getInputStream().transferTo(out);
        }
        process.waitFor();
    }
}
