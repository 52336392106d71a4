export { OfflineBanner } from './offline-banner.tsx';
export { StorageNoticeBar } from './storage-notice.tsx';
export { UpdateToast } from './update-toast.tsx';
