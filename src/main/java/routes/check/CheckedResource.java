package routes.check;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.support.ResourceSupport;

/** A file of routes as Camel is given it: with all settings put in. It still knows what its user wrote. */
public final class CheckedResource extends ResourceSupport {
    private final RouteText text;

    public CheckedResource(RouteText text) {
        super("mem", text.name());
        this.text = text;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(text.text().getBytes(StandardCharsets.UTF_8));
    }

    /** The file as its user wrote it. */
    public String written() {
        return text.written();
    }
}
