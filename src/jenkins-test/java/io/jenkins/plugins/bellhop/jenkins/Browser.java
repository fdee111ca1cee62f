package io.jenkins.plugins.bellhop.jenkins;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a screen, as somebody uses it: by what is to be read on the page. */
final class Browser implements AutoCloseable {

    /** System property: a theme's stylesheet, for dark pictures. */
    private static final String THEME = "bellhop.theme";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Dimension WIDE = new Dimension(1280, 900);
    private static final Dimension NARROW = new Dimension(480, 900);

    /** Pixels; of a longer page the picture shows the beginning. */
    private static final int TALL = 4000;

    /** Pixels that a window has besides its page. */
    private static final int BARS = 150;

    private static final Duration COLOURS_SETTLE = Duration.ofSeconds(1);

    /** Jenkins' header, of 2.568: breadcrumbs that a narrow window folds away have no label for its menu. No page is to blame. */
    private static final Pattern FOLDED_BREADCRUMBS =
            Pattern.compile("\\S+/static/\\w+/jsbundles/header\\.js .*undefined \\(reading 'replace'\\)");

    private final ChromeDriver driver;
    private final URL root;
    private final Path screenshots;
    private final List<String> errors = new ArrayList<>();

    /** @param screenshots where pictures of pages are put */
    Browser(URL root, Path screenshots) throws IOException {
        this.root = root;
        this.screenshots = Files.createDirectories(screenshots);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(RequiredPrograms.find("chromedriver").toFile())
                .build();
        this.driver = new ChromeDriver(service, options());
        driver.manage().window().setSize(WIDE);
    }

    private static ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(RequiredPrograms.find("chromium").toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options;
    }

    void open(String path) {
        noteErrors();
        driver.get(root + path);
    }

    /** Waits until the page, loaded again and again, says this. */
    void awaitText(String path, String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            open(path);
            return text().contains(text);
        });
    }

    /** Waits until the page says this by itself. */
    void awaitText(String text) {
        await().atMost(PATIENCE).until(() -> text().contains(text));
    }

    String text() {
        try {
            return driver.findElement(By.tagName("body")).getText();
        } catch (WebDriverException leftMeanwhile) {
            return "";
        }
    }

    void click(String label) {
        noteErrors();
        WebElement found = find(By.xpath("//button[normalize-space()='" + label + "']|//a[normalize-space()='" + label
                + "']|//label[normalize-space()='" + label + "']"));
        scrollTo(found);
        found.click();
    }

    void type(String field, String text) {
        WebElement found = find(By.name(field));
        scrollTo(found);
        found.clear();
        // Whoever leaves the field closes what it suggests.
        found.sendKeys(text, Keys.TAB);
    }

    void choose(String field, String value) {
        By option = By.cssSelector("select[name='" + field + "'] option[value='" + value + "']");
        find(option).click();
    }

    void tick(String selector) {
        WebElement found = find(By.cssSelector(selector));
        scrollTo(found);
        found.click();
    }

    private void scrollTo(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    }

    private WebElement find(By place) {
        await().atMost(PATIENCE).until(() -> driver.findElements(place).stream().anyMatch(Browser::isThere));
        return driver.findElements(place).stream()
                .filter(Browser::isThere)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isThere(WebElement element) {
        try {
            return element.isDisplayed() || element.getTagName().equals("option");
        } catch (WebDriverException leftMeanwhile) {
            return false;
        }
    }

    /** A picture in a wide window, another of the whole page in a narrow one, and a dark one if there is a stylesheet for it. */
    void picture(String name) throws IOException {
        save(name);
        String theme = System.getProperty(THEME, "");
        if (!theme.isEmpty()) {
            setTheme("dark", Files.readString(Path.of(theme)));
            save(name + "-dark");
            setTheme("none", "");
        }
        driver.manage().window().setSize(NARROW);
        Long height = (Long) driver.executeScript("return document.documentElement.scrollHeight");
        driver.manage().window().setSize(new Dimension(NARROW.width, Math.min(TALL, height.intValue() + BARS)));
        save(name + "-narrow");
        driver.manage().window().setSize(WIDE);
    }

    /** As a theme's plugin does it. */
    private void setTheme(String name, String stylesheet) {
        driver.executeScript("""
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(arguments[1]);
                document.adoptedStyleSheets = [sheet];
                document.documentElement.dataset.theme = arguments[0];
                """, name, stylesheet);
        await().pollDelay(COLOURS_SETTLE).until(() -> true);
    }

    private void save(String name) throws IOException {
        Files.write(screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What of the page is wider than the window that people with a narrow one have. */
    List<String> tooWideWhenNarrow() {
        driver.manage().window().setSize(NARROW);
        Object wider = driver.executeScript("""
                const room = document.documentElement.clientWidth + 1;
                return document.documentElement.scrollWidth <= room ? [] : [...document.body.querySelectorAll("*")]
                    .filter(element => element.getBoundingClientRect().right > room)
                    .map(element => element.outerHTML.substring(0, 120));
                """);
        driver.manage().window().setSize(WIDE);
        return ((List<?>) wider).stream().map(String::valueOf).toList();
    }

    /** What the browser's console told as an error on any page so far, but for what Jenkins itself does wrong. */
    List<String> errors() {
        noteErrors();
        return errors;
    }

    private void noteErrors() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !FOLDED_BREADCRUMBS.matcher(message).matches())
                .forEach(errors::add);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
