using System.Reflection;
using NSubstitute;

namespace ImaNanoBanana.Tests.Client;

/// <summary>An app's tests can create every value that the client returns, with public members only.</summary>
public class HandMadeValuesTests
{
    private static readonly ImageTask Submitted =
        new("task_1") { Model = ImageModel.NanoBanana2, CreditsPerImage = 6, Count = 2, JournalFailed = true };
    private static readonly GeneratedImage Image = new(
        new Uri("https://images.test/1.png"))
    { Width = 1024, Height = 1024, Format = "png" };

    [Fact]
    public void Requests_with_the_same_values_are_equal()
    {
        Assert.Equal(new ImageRequest("a puppy") { Size = ImageSize.Size2K }, new ImageRequest("a puppy") { Size = new ImageSize("2k") });
        Assert.NotEqual(new ImageRequest("a puppy"), new ImageRequest("a kitten"));
    }

    [Fact]
    public async Task Image_of_a_mocked_client_is_saved()
    {
        var folder = Directory.CreateTempSubdirectory();
        var client = Substitute.For<IImaImageClient>();
        client.DownloadAsync(Image, Arg.Any<Stream>(), Arg.Any<CancellationToken>())
            .Returns(new ImageDownload { MediaType = "image/png", Width = 1024, Height = 768, Length = 5, Sha256 = "00" });

        var saved = await client.SaveAsync(
            new ImageResult(Submitted, [Image]), folder.FullName, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([Path.Combine(folder.FullName, "task_1.png")], saved.Select(download => download.Path));
        Assert.True(File.Exists(saved[0].Path));
        TestFolder.Delete(folder);
    }

    [Fact]
    public void Result_and_progress()
    {
        var result =
            new ImageResult(Submitted, [Image])
            {
                Failures = [new ImageFailure("content policy", IsDeleted: false)],
                Elapsed = TimeSpan.FromSeconds(30),
            };
        var progress = new ImageProgress(ImageStage.Completed) { Task = Submitted, Percent = 100, ReadyImages = [Image], Result = result };

        Assert.Equal(12, result.Task.Credits);
        Assert.Same(Image, progress.Result.Image);
    }

    [Fact]
    public void Quote()
    {
        var quote = new ImageQuote
        {
            TaskType = ImageTaskType.TextToImage,
            Model = ImageModel.NanoBananaPro,
            ModelName = "Nano Banana Pro",
            ModelVersion = "pro-1",
            Count = 3,
            CreditsPerImage = 18,
            Adjustments = [new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4K")],
        };

        Assert.Equal(54, quote.Credits);
    }

    [Fact]
    public void Outcomes()
    {
        var good = new ImageOutcome("order-1") { Result = new ImageResult(Submitted, [Image]) };
        var bad =
            new ImageOutcome("order-2")
            {
                Error = new ImaException(ImaErrorKind.TimedOut, "The time is over.")
                {
                    Task = Submitted,
                    ReadyImages = [Image],
                    IdempotencyKey = "order-2",
                }
            };

        Assert.Same(Submitted, good.Task);
        Assert.Same(Submitted, bad.Task);
    }

    [Fact]
    public void Cancellation()
    {
        var canceled = new ImageGenerationCanceledException(
            ImaChargeStatus.Charged, "Cancelled.")
        { Task = Submitted, IdempotencyKey = "order-1" };

        Assert.Same(Submitted, canceled.Task);
    }

    [Fact]
    public void Download_model_and_journal_entry()
    {
        var download = new ImageDownload { MediaType = "image/png", Width = 1024, Height = 768, Length = 5, Sha256 = "00" };
        var model =
            new ImageModelInfo
            {
                Model = ImageModel.NanoBanana2,
                Version = "2",
                Name = "Nano Banana 2",
                TaskType = ImageTaskType.TextToImage,
                IsCurrent = true,
                Prices = [new ImagePrice(6, new Dictionary<string, string> { ["size"] = "1K" })],
            };
        var entry = new TaskJournalEntry("order-1", "hash") { State = TaskJournalState.Accepted, Task = Submitted };

        Assert.Equal(768, download.Height);
        Assert.Equal(6, model.Prices[0].CreditsPerImage);
        Assert.Equal(12, entry.Credits);
    }

    /// <summary>These tests can access internal members and an app's tests cannot, so the test looks up what is public.</summary>
    [Fact]
    public void Everything_returned_has_public_constructors_and_setters()
    {
        var handedOut = new HashSet<Type>();
        Collect(typeof(ImaException), handedOut);
        Collect(typeof(ImageGenerationCanceledException), handedOut);
        foreach (var method in typeof(IImaImageClient).GetMethods().Concat(typeof(ITaskJournal).GetMethods()))
        {
            Collect(method.ReturnType, handedOut);
        }

        Assert.Superset(
            new HashSet<Type>
            {
                typeof(ImageTask),
                typeof(ImageResult),
                typeof(ImageProgress),
                typeof(ImageQuote),
                typeof(ImageOutcome),
                typeof(GeneratedImage),
                typeof(ImageFailure)
            },
            handedOut);
        Assert.DoesNotContain(handedOut, type => type is { IsInterface: false, IsEnum: false } && !CanBeMade(type));
        Assert.DoesNotContain(handedOut.SelectMany(type => type.GetProperties()), property => property.SetMethod is { IsPublic: false });
    }

    /// <summary>By a constructor, or, for a source image, by a method of its own type.</summary>
    private static bool CanBeMade(Type type) => type.GetConstructors().Length > 0
        || type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method => method.ReturnType == type);

    private static void Collect(Type type, HashSet<Type> found)
    {
        foreach (var argument in type.GetGenericArguments())
        {
            Collect(argument, found);
        }

        if (type.Assembly == typeof(IImaImageClient).Assembly && found.Add(type))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Collect(property.PropertyType, found);
            }
        }
    }
}
