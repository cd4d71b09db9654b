using ImaNanoBanana.Planning;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>The text that a person reads about a request that was rejected before it was sent, in Chinese and in English.</summary>
public static class RefusedRequestAdvice
{
    public static TheoryData<ImaInvalidRequestReason, string[], string, string> Cases() => new()
    {
        {
            ImaInvalidRequestReason.Model,
            ["gemini-3.1-flash-image"],
            "不支持该模型 / 使用 Nano Banana 2 或 Nano Banana Pro",
            "This model is not offered / "
            + "Use Nano Banana 2 or Nano Banana Pro"
        },
        { ImaInvalidRequestReason.ModelVersion, [], "模型参数不匹配 / 使用默认参数或换个模型", "Model parameters do not match / Use the defaults or "
            + "another model" },
        { ImaInvalidRequestReason.Prompt, [], "缺少图片描述 / 描述想要的图片", "The description of the image is missing / Describe what the "
            + "image should show" },
        { ImaInvalidRequestReason.Size, ["1K", "2K"], "不支持该尺寸 / 使用支持的尺寸：1K、2K", "This size is not offered / Use one of 1K, 2K" },
        { ImaInvalidRequestReason.Size, [], "图片参数设置有误 / 调整尺寸或比例", "An image parameter is wrong / Change size or aspect ratio" },
        { ImaInvalidRequestReason.AspectRatio, ["1:1", "16:9"], "不支持该比例 / 使用支持的比例：1:1、16:9", "This aspect ratio is not offered / Use "
            + "one of 1:1, 16:9" },
        { ImaInvalidRequestReason.AspectRatio, [], "图片参数设置有误 / 调整尺寸或比例", "An image parameter is wrong / Change size or aspect ratio" },
        { ImaInvalidRequestReason.Count, [], "不支持该图片数量 / 图片数量至少为 1 张", "This number of images is not offered / Ask for one image or more" },
        { ImaInvalidRequestReason.Parameter, [], "模型参数不匹配 / 使用默认参数或换个模型", "Model parameters do not match / Use the defaults or "
            + "another model" },
        {
            ImaInvalidRequestReason.Mapping,
            [],
            "模型参数不匹配 / 使用默认参数或换个模型",
            "Model parameters do not match / Use the defaults or another model"
        },
        { ImaInvalidRequestReason.Price, [], "模型参数不匹配 / 使用默认参数或换个模型", "Model parameters do not match / Use the defaults or another model" },
        { ImaInvalidRequestReason.NotAvailable, [], "模型参数不匹配 / 使用默认参数或换个模型", "Model parameters do not match / Use the defaults or "
            + "another model" },
        { ImaInvalidRequestReason.Images, [], "参考图片无法使用 / 检查图片数量，并确认格式为 PNG、JPEG、WebP 或 GIF", "The source images cannot be "
            + "used / Check the number of images, and that each one is a PNG, JPEG, WebP or GIF" },
        { ImaInvalidRequestReason.IdempotencyKey, [], "请求的编号无法使用 / 使用单行的 1 到 200 个字符", "The id of the request cannot be used / "
            + "Use 1 to 200 characters on one line" },
        {
            ImaInvalidRequestReason.Phrase,
            ["1K", "square"],
            "无法识别该选项 / 可选值：1K、square",
            "This choice is unknown / Choose from 1K, square"
        },
    };
}
