export { OfflineBanner } from './offline-banner.tsx';
export { UpdateToast } from './update-toast.tsx';
