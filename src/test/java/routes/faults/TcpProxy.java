package routes.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A network that can be broken: takes TCP connections on one port of the loopback address and leads them to another. */
final class TcpProxy implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int CHUNK = 16 * 1024;
    /** How often a slowed connection says something in a second. */
    private static final int STEPS_PER_SECOND = 10;

    /** What becomes of bytes. */
    enum Mode {
        /** They go through. */
        PASS,
        /** They go through, but so many in a second and no more. */
        SLOW,
        /** They are taken and go nowhere; connections are taken, too. */
        SWALLOW,
        /** Requests go through, answers go nowhere. */
        SWALLOW_ANSWERS
    }

    private final int port;
    private final int target;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong swallowed = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Limit limit = new Limit();
    private volatile Mode mode = Mode.PASS;
    private ServerSocket server;
    private Thread accepting;

    /** @param target the port that connections lead to */
    TcpProxy(int port, int target) {
        this.port = port;
        this.target = target;
        listen();
    }

    /** The network is whole again; connections of which something was swallowed are reset. */
    synchronized void pass() {
        mode = Mode.PASS;
        connections.stream().filter(Connection::hasHole).forEach(this::reset);
        if (server == null) {
            listen();
        }
    }

    /** @param bytesPerSecond of all connections together, both ways */
    void slow(int bytesPerSecond) {
        limit.bytesPerSecond = bytesPerSecond;
        mode = Mode.SLOW;
    }

    void swallow() {
        mode = Mode.SWALLOW;
    }

    void swallowAnswers() {
        mode = Mode.SWALLOW_ANSWERS;
    }

    /** All connections end, with RST, and new ones are refused. */
    synchronized void cut() {
        close();
    }

    /** All connections end, with RST; new ones are taken. */
    void reset() {
        connections.forEach(this::reset);
    }

    private void reset(Connection connection) {
        connection.end();
        ended.incrementAndGet();
    }

    /** Bytes that went through, both ways. */
    long passed() {
        return passed.get();
    }

    /** Bytes that went nowhere. */
    long swallowed() {
        return swallowed.get();
    }

    /** Connections that were reset. */
    long ended() {
        return ended.get();
    }

    private void listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            server = socket;
            accepting = run("accept", () -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be listened on", e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                connect(socket.accept());
            } catch (IOException closed) {
                // The loop's condition says whether it was this socket; else it was one connection's business.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket broker = new Socket();
        try {
            broker.connect(new InetSocketAddress(LOOPBACK, target));
        } catch (IOException nobodyThere) {
            client.setSoLinger(true, 0);
            client.close();
            broker.close();
            return;
        }
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        Connection connection = new Connection(client, broker);
        connections.add(connection);
        run("requests", () -> connection.pump(client, broker, false));
        run("answers", () -> connection.pump(broker, client, true));
    }

    private static Thread run(String what, Runnable task) {
        Thread thread = new Thread(task, "proxy-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public synchronized void close() {
        try {
            if (server != null) {
                server.close();
                server = null;
                // Until that thread has noticed, the system goes on taking connections.
                accepting.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset();
    }

    private final class Connection {
        private final Socket client;
        private final Socket broker;
        private final AtomicInteger silent = new AtomicInteger();
        private volatile boolean hole;

        Connection(Socket client, Socket broker) {
            this.client = client;
            this.broker = broker;
        }

        boolean hasHole() {
            return hole;
        }

        void pump(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer, 0, chunk()); n >= 0; n = in.read(buffer, 0, chunk())) {
                    forward(buffer, n, out, answers);
                }
                to.shutdownOutput();
                if (silent.incrementAndGet() == 2) {
                    forget();
                }
            } catch (IOException oneSideHasGone) {
                end();
            }
        }

        private int chunk() {
            return mode == Mode.SLOW ? Math.max(1, Math.min(CHUNK, limit.bytesPerSecond / STEPS_PER_SECOND)) : CHUNK;
        }

        private void forward(byte[] buffer, int n, OutputStream out, boolean answers) throws IOException {
            Mode now = mode;
            if (now == Mode.SWALLOW || now == Mode.SWALLOW_ANSWERS && answers) {
                swallowed.addAndGet(n);
                hole = true;
                if (mode == Mode.PASS) {
                    throw new IOException("what comes after a hole is not understood");
                }
                return;
            }
            if (now == Mode.SLOW) {
                limit.await(n);
            }
            out.write(buffer, 0, n);
            passed.addAndGet(n);
        }

        /** With RST, both ways. */
        void end() {
            for (Socket socket : List.of(client, broker)) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException closedAlready) {
                    // That is what is wanted.
                }
            }
            forget();
        }

        private void forget() {
            connections.remove(this);
            for (Socket socket : List.of(client, broker)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Lets bytes through one after the other, at a fixed rate. */
    private static final class Limit {
        private volatile int bytesPerSecond = 1;
        private long free = System.nanoTime();

        void await(int bytes) {
            long until;
            synchronized (this) {
                free = Math.max(free, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
                until = free;
            }
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
