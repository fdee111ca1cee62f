package hudson.util;

import java.util.ArrayList;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

public class ListBoxModel extends ArrayList<ListBoxModel.Option> {

    @ExportedBean(defaultVisibility = 999)
    public static final class Option {

        @Exported
        public String name;

        @Exported
        public String value;

        private Option() {}
    }
}
