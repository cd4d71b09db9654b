namespace ImaNanoBanana.AotSmoke;

internal static class MessageChecks
{
    public static IEnumerable<Check> All =>
    [
        new("messages of a request", RequestAsync),
        new("messages of a task", TaskAsync),
        new("advice in both languages", AdviceAsync),
        new("choices in words", Words),
        new("choices in a sentence", Sentence),
    ];

    private static async Task RequestAsync()
    {
        using var shop = new Shop();

        var messages = await shop.RunAsync(
            shop.Client.StreamMessagesAsync(new ImageRequest("a puppy"), ImaLanguage.Chinese, timeProvider: shop.Time));

        Expect.Equal(
            $"Received Started Succeeded a puppy 6", $"{string.Join(' ', messages.Select(message => message.Step))} {shop.Submitted}");
        Expect.That(messages.All(message => message.Text.Length > 0) && messages[^1].Images.Count == 1);
    }

    private static async Task TaskAsync()
    {
        using var shop = new Shop();
        var task = await shop.Client.SubmitAsync(new ImageRequest("a puppy"));

        var messages = await shop.RunAsync(shop.Client.StreamMessagesAsync(task, ImaLanguage.English, timeProvider: shop.Time));

        Expect.That(messages[^1].Step == ImageMessageStep.Succeeded && messages[^1].Task == task);
    }

    private static async Task AdviceAsync()
    {
        using var shop = new Shop();
        shop.Simulator.Balance = 0;

        var exception = await Expect.ThrowsAsync<ImaException>(() => shop.Client.SubmitAsync(new ImageRequest("a puppy")));

        Expect.That(exception.GetAdvice(ImaLanguage.English) == exception.GetAdvice() && exception.GetAdvice().Suggestion.Length > 0);
        Expect.That(exception.GetAdvice(ImaLanguage.Chinese).Reason.Any(letter => letter > '\u4E00'));
    }

    private static void Words()
    {
        var choice = ImageChoice.Parse("最好的 4K 横图");
        var request = choice.ApplyTo(new ImageRequest("city skyline"));
        Expect.Equal($"gemini-3-pro-image 4K 16:9", $"{request.Model} {request.Size} {request.AspectRatio}");

        Expect.That(ImageChoice.TryParse("最好的 4K 横图", out var same) && same == choice && !ImageChoice.TryParse("cheapest Pro", out _));
    }

    private static void Sentence()
    {
        var found = ImageChoice.Extract("用Pro画一只狐狸，竖图，2K");

        var choice = found.Choice;
        Expect.Equal($"画一只狐狸 gemini-3-pro-image 2K 9:16", $"{found.Prompt} {choice.Model} {choice.Size} {choice.AspectRatio}");
        Expect.That(found.ToRequest().Prompt == found.Prompt && found.Taken.Count == 3 && found.NotTaken.Count == 0);
    }
}
