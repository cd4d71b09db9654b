namespace ImaNanoBanana.AotSmoke;

internal static class ErrorChecks
{
    public static IEnumerable<Check> All =>
    [
        new("rejection with the allowed values", RefusalAsync),
        new("rejection with a code", RejectionAsync),
        new("submission that is sent again after a 429", RateLimitAsync),
        new("cancelled wait", CancellationAsync),
        new("failed task", FailureAsync),
    ];

    private static async Task RefusalAsync()
    {
        using var shop = new Shop();
        var refused = await Expect.ThrowsAsync<ImaException>(
            () => shop.Client.SubmitAsync(new ImageRequest("a puppy") { Size = new ImageSize("3K") }));

        Expect.Equal(
            $"InvalidRequest NotCharged ChangeRequest Size size",
            $"{refused.Kind} {refused.ChargeStatus} {refused.RetryGuidance} {refused.InvalidRequestReason} {refused.ParameterName}");
        Expect.That(refused.AllowedValues.Contains("4K"));
        Expect.Equal($"", $"{shop.Submitted}");
    }

    private static async Task RejectionAsync()
    {
        using var shop = new Shop();
        shop.Simulator.Balance = 5;
        var rejected = await Expect.ThrowsAsync<ImaException>(() => shop.Client.SubmitAsync(new ImageRequest("a puppy")));

        Expect.Equal($"InsufficientCredits 4008 NotCharged", $"{rejected.Kind} {rejected.Code} {rejected.ChargeStatus}");
    }

    private static async Task RateLimitAsync()
    {
        using var shop = new Shop();
        shop.Simulator.Script("create", new Testing.SimulatedFault { Status = 429, RetryAfter = "7" });

        await shop.RunAsync(shop.Client.SubmitAsync(new ImageRequest("a puppy")));

        Expect.Equal($"a puppy 6", $"{shop.Submitted}");
    }

    private static async Task CancellationAsync()
    {
        using var shop = new Shop();
        using var cancel = new CancellationTokenSource();
        var task = await shop.Client.SubmitAsync(new ImageRequest("a puppy"));
        var wait = shop.Client.WaitForCompletionAsync(task, cancel.Token);
        await cancel.CancelAsync();

        var cancelled = await Expect.ThrowsAsync<ImageGenerationCanceledException>(() => wait);

        Expect.Equal($"{task.Id} Charged", $"{cancelled.Task!.Id} {cancelled.ChargeStatus}");
    }

    private static async Task FailureAsync()
    {
        using var shop = new Shop();
        shop.Simulator.Script(
            "detail",
            new Testing.SimulatedFault
            {
                Status = 200,
                Body = """{"code":0,"data":{"medias":[{"resource_status":2,"error_msg":"too dark"}]}}""",
            });
        var task = await shop.Client.SubmitAsync(new ImageRequest("a puppy"));
        var failed = await Expect.ThrowsAsync<ImaException>(() => shop.RunAsync(shop.Client.WaitForCompletionAsync(task)));

        Expect.Equal($"TaskFailed Charged too dark", $"{failed.Kind} {failed.ChargeStatus} {failed.Failures.Single().Reason}");
    }
}
