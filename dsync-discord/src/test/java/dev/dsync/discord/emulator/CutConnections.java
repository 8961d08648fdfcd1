package dev.dsync.discord.emulator;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import javax.net.ServerSocketFactory;

/** Connections that break when an upload has begun to arrive and the given condition says so. */
final class CutConnections extends ServerSocketFactory {

    private final BooleanSupplier cutsUpload;

    CutConnections(BooleanSupplier cutsUpload) {
        this.cutsUpload = cutsUpload;
    }

    private final class CutSocket extends Socket {

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int count = super.read(into, offset, length);
                    if (count > 4
                            && new String(into, offset, 4, StandardCharsets.US_ASCII).equals("POST")
                            && cutsUpload.getAsBoolean()) {
                        // with a zero linger the other side sees a reset, not an orderly end
                        setSoLinger(true, 0);
                        CutSocket.this.close();
                        throw new SocketException("cut");
                    }
                    return count;
                }
            };
        }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new ServerSocket() {
            @Override
            public Socket accept() throws IOException {
                Socket socket = new CutSocket();
                implAccept(socket);
                socket.setTcpNoDelay(true);
                return socket;
            }
        };
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException("bound later");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException("bound later");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        throw new UnsupportedOperationException("bound later");
    }
}
