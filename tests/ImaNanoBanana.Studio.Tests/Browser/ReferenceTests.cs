using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

public sealed class ReferenceTests(SharedBrowser browser, SharedStudio shared) : BrowserTest(browser)
{
    [Fact]
    public async Task Dropped_file_becomes_a_reference_of_the_image()
    {
        var page = await OpenAsync(shared.Stage.Address);
        var file = await page.DrawAsync("dropped.png");
        var folder = Directory.CreateTempSubdirectory("ima-drop-");
        var path = Path.Combine(folder.FullName, file.Name);
        await File.WriteAllBytesAsync(path, file.Buffer, TestContext.Current.CancellationToken);

        await using (var drag = await FileDrag.StartAsync(page.Page, path))
        {
            await Expect(page.Page.Locator("#drop-overlay")).ToBeVisibleAsync();
            await drag.DropAsync();
        }

        await Expect(page.Page.Locator("#drop-overlay")).ToBeHiddenAsync();
        await Expect(page.Button("Remove reference 1: dropped.png")).ToBeVisibleAsync();
        await ExpectEditAsync(page);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pasted_image_becomes_a_reference_of_the_image()
    {
        var page = await OpenAsync(shared.Stage.Address, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var file = await page.DrawAsync("copied.png");
        await page.Page.EvaluateAsync(
            """
            async content => {
              const bytes = Uint8Array.from(atob(content), character => character.charCodeAt(0));
              await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
            }
            """,
            Convert.ToBase64String(file.Buffer));

        await page.Prompt.PressAsync("Control+V");

        await Expect(page.ReadyReferences).ToHaveCountAsync(1);
        await Expect(page.Prompt).ToHaveValueAsync("");
        await ExpectEditAsync(page);
    }

    [Fact]
    public async Task Chosen_files_become_references_and_the_finished_image_can_be_one_too()
    {
        var page = await OpenAsync(shared.Stage.Address);
        var chooser = await page.Page.RunAndWaitForFileChooserAsync(() => page.Button("Choose images").ClickAsync());
        Assert.True(chooser.IsMultiple);
        await chooser.SetFilesAsync([await page.DrawAsync("one.png"), await page.DrawAsync("two.png", "crimson")]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(2);
        var card = await ExpectEditAsync(page);

        await card.GetByRole(AriaRole.Button, new() { Name = "Use as reference" }).ClickAsync();
        await Expect(page.ReadyReferences).ToHaveCountAsync(3);
        await card.GetByRole(AriaRole.Button, new() { Name = "Use as reference" }).ClickAsync();
        await Expect(page.Page.GetByText("The image is a reference already.")).ToBeVisibleAsync();
        await Expect(page.ReadyReferences).ToHaveCountAsync(3);

        await card.GetByRole(AriaRole.Button, new() { Name = "Again with changes" }).ClickAsync();
        await Expect(page.ReadyReferences).ToHaveCountAsync(2);
        await Expect(page.Prompt).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Removed_reference_is_gone_and_the_focus_goes_to_its_neighbour()
    {
        var page = await OpenAsync(shared.Stage.Address);
        await page.ReferenceFiles.SetInputFilesAsync(
            [await page.DrawAsync("one.png"), await page.DrawAsync("two.png"), await page.DrawAsync("three.png")]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(3);

        await page.Button("Remove reference 2: two.png").PressAsync("Enter");
        await Expect(page.Button("Remove reference 2: three.png")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Remove reference 1: one.png")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Choose images")).ToBeFocusedAsync();
        await Expect(page.References).ToHaveCountAsync(0);
        await page.WaitForPriceAsync();
    }

    [Fact]
    public async Task File_that_is_no_image_is_refused_with_its_name()
    {
        var page = await OpenAsync(shared.Stage.Address);
        var notes = new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "notes"u8.ToArray() };
        var disguised = new FilePayload { Name = "disguised.png", MimeType = "image/png", Buffer = "notes"u8.ToArray() };

        await page.ReferenceFiles.SetInputFilesAsync([notes]);
        await Expect(page.Page.GetByText("notes.txt is not a PNG, JPEG or WebP image.")).ToBeVisibleAsync();

        Log.AllowFailed("/references", "415");
        await page.ReferenceFiles.SetInputFilesAsync([disguised]);
        await Expect(page.Page.GetByText("disguised.png could not be uploaded. Only PNG, JPEG and WebP images are accepted."))
            .ToBeVisibleAsync();
        await Expect(page.References).ToHaveCountAsync(0);
    }

    private async Task<ILocator> ExpectEditAsync(StudioPage page)
    {
        var prompt = "the same in winter " + TestVisitor.NewKey();
        await page.WaitForPriceAsync();
        var price = await page.ReadPriceAsync();
        var card = await page.GenerateAsync(prompt);
        await StudioPage.ExpectPictureAsync(card);
        var charge = Assert.Single(shared.Stage.Simulator.Charges, charge => charge.Prompt == prompt);
        Assert.Equal(price, charge.Credits);
        Assert.Contains(shared.Stage.Simulator.Requests, IsEdit);
        return card;

        bool IsEdit(Testing.SimulatedRequest request) =>
            request.Body.Contains(prompt, StringComparison.Ordinal) && request.Body.Contains("image_to_image", StringComparison.Ordinal);
    }
}
