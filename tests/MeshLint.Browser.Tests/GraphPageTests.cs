using MeshLint.Output.Graph;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Output.Reporting;
using MeshLint.Testing;
using Microsoft.Playwright;
using Xunit;

namespace MeshLint.Browser.Tests;

/// <summary>The graph page in a real browser. Screenshots are left in the test's output folder to be looked at.</summary>
public sealed class GraphPageTests : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Chromium is not { } program)
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    [BrowserFact]
    public async Task Findings_stand_on_the_nodes_and_a_pick_shows_who_reaches_whom()
    {
        var page = await Open(Example("shop-broken"), ColorScheme.Light);
        Assert.Contains("3 errors, 1 warning", await page.Locator("#sum").InnerTextAsync(), StringComparison.Ordinal);
        var broken = page.Locator(".zone", new() { HasText = "zone east" }).Locator(".node", new() { HasText = "backend-api" });
        Assert.Equal("1", await broken.Locator(".badge.error").InnerTextAsync());
        await broken.ClickAsync();
        var details = await page.Locator("#info").InnerTextAsync();
        Assert.Contains("ML2001", details, StringComparison.Ordinal);
        Assert.Contains("Unavailable", details, StringComparison.Ordinal);
        Assert.Contains("zones/east/services.yaml:15", details, StringComparison.Ordinal);
        Assert.Contains("backend-1", details, StringComparison.Ordinal);
        Assert.True(await page.Locator("#wires path").CountAsync() > 0);
        await Screenshot(page, "findings-light");
    }

    [BrowserFact]
    public async Task The_keyboard_alone_is_enough()
    {
        var page = await Open(Example("shop"), ColorScheme.Dark);
        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("redis");
        Assert.Equal(await page.Locator(".node").CountAsync(), await page.Locator(".node", new() { HasText = "redis" }).CountAsync());
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("redis", await page.Locator("#info h2").InnerTextAsync());
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("redis-1", await page.Locator("#info h2").InnerTextAsync(), StringComparison.Ordinal);
        await Screenshot(page, "keyboard-dark");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("Overview", await page.Locator("#info h2").InnerTextAsync());
    }

    [BrowserFact]
    public async Task Five_hundred_services_stay_usable()
    {
        var repository = SyntheticRepository.Create(5000, ResourceForm.Universal);
        var page = await Open([.. repository.Files], ColorScheme.Light);
        Assert.Equal(1000, await page.Locator(".node[data-state=Available]").CountAsync());
        await page.Locator("#q").FillAsync("app-42-api");
        var one = Assert.Single(await page.Locator(".node").AllAsync());
        await one.ClickAsync();
        Assert.Contains("MeshRetry app-41-retry", await page.Locator("#info").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("#q").FillAsync("");
        Assert.True(await page.Locator("#wires path").CountAsync() >= 2);
        await Screenshot(page, "many-services");
    }

    [BrowserFact]
    public async Task Hostile_names_stay_names()
    {
        var page = await Open(
            [("mesh.yaml", "type: Dataplane\nmesh: default\nname: web-1\nlabels: {team: \"x\"}\nnetworking:\n  address: 10.0.0.1\n  inbound:\n    - {name: \"</script><img src=x onerror=document.title='owned'>\", port: 80, tags: {kuma.io/service: web}}\n")],
            ColorScheme.Light);
        await page.Locator(".node", new() { HasText = "web-1" }).First.ClickAsync();
        Assert.Contains("</script><img", await page.Locator("#info").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("MeshLint graph", await page.TitleAsync());
        Assert.Equal(0, await page.Locator("img").CountAsync());
    }

    private static IReadOnlyCollection<(string Path, string Text)> Example(string name)
    {
        var folder = Path.Combine(SharedData.ProjectRoot, "examples", name);
        return [.. Directory.EnumerateFiles(folder, "*.yaml", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(f => (Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText(f)))];
    }

    private async Task<IPage> Open(IReadOnlyCollection<(string Path, string Text)> files, ColorScheme scheme)
    {
        var compilation = TestRepository.Compile(files);
        Assert.NotNull(browser);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1400, Height = 900 } });
        var problems = new List<string>();
        page.PageError += (_, error) => problems.Add(error);
        // Nothing may be asked of any network.
        await page.RouteAsync("**/*", route => route.AbortAsync());
        await page.SetContentAsync(HtmlGraph.Write(GraphDocument.Of(compilation.Bindings), compilation.Diagnostics));
        Assert.Empty(problems);
        return page;
    }

    private static Task Screenshot(IPage page, string name) => page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(AppContext.BaseDirectory, "screenshots", string.Create(CultureInfo.InvariantCulture, $"{name}.png")),
    });
}
