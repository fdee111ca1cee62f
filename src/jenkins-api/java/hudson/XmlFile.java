package hudson;

import com.thoughtworks.xstream.XStream;
import java.io.File;
import java.io.IOException;

public final class XmlFile {

    public XmlFile(XStream xstream, File file) {}

    public Object read() throws IOException {
        return null;
    }

    public void write(Object value) throws IOException {}
}
