package hudson.model;

public abstract class Cause {

    public abstract String getShortDescription();

    public static class UpstreamCause extends Cause {

        private UpstreamCause() {}

        public Run<?, ?> getUpstreamRun() {
            return null;
        }

        @Override
        public String getShortDescription() {
            return null;
        }
    }
}
