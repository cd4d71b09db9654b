using ImaNanoBanana.Errors;
using ImaNanoBanana.Options;

namespace ImaNanoBanana.Messages;

/// <summary>
/// Contains the English texts for users. The step messages and the advice up to <see cref="AdviceCause.AnythingElse"/> have fixed
/// texts; the SDK adds the others.
/// </summary>
internal static class EnglishTexts
{
    public static readonly LanguageTexts Table = new()
    {
        Received = "OK, generating now.",
        Starting = "🎨 Generating your image, one moment…",
        Model = "• Model: {0}",
        Expected = "• Expected: {0}~{1} s",
        Size = "• Size: {0}",
        AspectRatio = "• Aspect ratio: {0}",
        Credits = "• Credits: {0} pts",
        Generating = "⏳ Generating… {0}%",
        GeneratingUnestimated = "⏳ Generating…",
        Waited = "{0} s so far, at most about {1} s",
        WaitedLonger = "{0} s so far, at most about {1} s, almost there…",
        WaitedUnestimated = "{0} s so far",
        Ready = "✅ Image ready!",
        Took = "• Time: expected {0}~{1} s, took {2} s",
        TookUnestimated = "• Time: took {0} s",
        Link = "🔗 Original link: {0}",
        Failed = "❌ Image generation failed",
        Reason = "• Reason: {0}",
        Suggestion = "• Suggestion: {0}",
        Offer = "Shall I try again?",
        ChargedAgain = "• Another attempt is charged again",
        CreditsBefore = "• Credits: {0} pts (already charged)",
        OtherSize = "• Size: {1} instead of {0}",
        OtherAspectRatio = "• Aspect ratio: {1} instead of {0}",
        Missing = "• Not delivered: {0} of {1} images",
        AlternativeModel = "{0}: {1} ({2} pts)",
        Quoted = "{0}: {1}",
        Wait = "Wait {0} and try again",
        Units = Durations.EnglishUnits,
        Comma = ", ",
        Advice = new Dictionary<AdviceCause, ImaAdvice>
        {
            [AdviceCause.Key] = new("API key is invalid or unauthorized", "Generate a new key: " + ServicePages.ApiKeys),
            [AdviceCause.Credits] = new("Not enough credits for this image", "Buy credits: " + ServicePages.Subscriptions),
            [AdviceCause.Parameters] = new("Model parameters do not match", "Use the defaults or another model"),
            [AdviceCause.Price] = new("The price has changed", "Confirm the new price and try again"),
            [AdviceCause.InvalidParameter] = new("An image parameter is wrong", "Change size or aspect ratio"),
            [AdviceCause.AspectRatio] = new("This aspect ratio is not offered", "Use one of {0}"),
            [AdviceCause.Service] = new("The service could not handle this request", "Try a smaller size"),
            [AdviceCause.TaskFailed] = new("Image generation failed", "Try another model"),
            [AdviceCause.Timeout] = new("Generation took too long", "Check the task again later, or use the faster model"),
            [AdviceCause.Network] = new("The network connection is unstable", "Check the network and try again"),
            [AdviceCause.RateLimit] = new("Too many requests", "Wait a moment and try again"),
            [AdviceCause.AnythingElse] = new("Image generation encountered an issue, please retry or switch model.", ""),

            [AdviceCause.Unknown] = new(
                "The request was not confirmed, and credits may have been spent", "Check your credits before you submit it again"),
            [AdviceCause.Model] = new("This model is not offered", "Use Nano Banana 2 or Nano Banana Pro"),
            [AdviceCause.Size] = new("This size is not offered", "Use one of {0}"),
            [AdviceCause.Count] = new("This number of images is not offered", "Ask for one image or more"),
            [AdviceCause.Phrase] = new("This choice is unknown", "Choose from {0}"),
            [AdviceCause.Prompt] = new("The description of the image is missing", "Describe what the image should show"),
            [AdviceCause.Images] = new(
                "The source images cannot be used", "Check the number of images, and that each one is a PNG, JPEG, WebP or GIF"),
            [AdviceCause.NoImage] = new("There is no source image", "Add at least one image"),
            [AdviceCause.ImageAddress] = new("The URL of a source image cannot be used", "Use an https URL or a local file"),
            [AdviceCause.ImageFile] = new("The file of a source image does not exist", "Check the file path"),
            [AdviceCause.ImageFormat] = new(
                "The format of a source image is not supported", "Convert the image to PNG, JPEG, WebP or GIF"),
            [AdviceCause.Budget] = new(
                "The image costs more credits than the limit allows", "Raise the limit, or choose a smaller size or the cheaper model"),
            [AdviceCause.MaxCredits] = new("The limit for the credits is negative", "Set a limit of 0 or more, or none"),
            [AdviceCause.Tag] = new("The tag of the request cannot be used", "Use 1 to 64 characters on one line"),
            [AdviceCause.RequestKey] = new("The id of the request cannot be used", "Use 1 to 200 characters on one line"),
            [AdviceCause.OtherRequest] = new(
                "This request was already used for a different image", "Start a new request for a new image"),
            [AdviceCause.TaskNotFound] = new("The task was not found", "Check the task id"),
            [AdviceCause.StateUnreadable] = new(
                "The progress of the image could not be read", "Check again later: the image was charged and may be ready"),
            [AdviceCause.Subscription] = new("Your plan does not include this", "Subscribe, then try again: " + ServicePages.Subscriptions),
            [AdviceCause.Description] = new("The description was refused", "Change the description"),
            [AdviceCause.Refused] = new("The service refused the request", "Change the request, or try another model"),
            [AdviceCause.PriceRefused] = new(
                "The price was not accepted, although the price list has not changed",
                "Try again in a few minutes, or choose another size"),
            [AdviceCause.ParameterText] = new(
                "The additional parameters cannot be read", "Write them as one JSON object, for example {{\"seed\": 7}}"),
            [AdviceCause.Upload] = new("The image could not be uploaded", "Try again, or use another image"),
            [AdviceCause.UploadRefused] = new(
                "The upload of the image was refused", "Check the date and time of this computer and try again"),
            [AdviceCause.Download] = new("The image could not be downloaded", "Download it again: the image is ready and was charged"),
        },
    };
}
